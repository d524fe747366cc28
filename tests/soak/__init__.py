"""What takes too long for every run of the tests: kills at random moments, full disks, ten thousand broken inputs."""
