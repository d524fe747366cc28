"""What the source tables leave open when the knowledge is compiled: usual labels, odd divisions, name orders."""

LABELS = {
    "US": "United States",
    "GB": "United Kingdom",
    "TR": "Turkey",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "BA": "Bosnia and Herzegovina",
    "CZ": "Czech Republic",
    "TL": "East Timor",
    "CC": "Cocos Islands",
    "VI": "United States Virgin Islands",
    "MO": "Macau",
    "VC": "Saint Vincent and the Grenadines",
    "UM": "United States Minor Outlying Islands",
}  # English news usage where it differs from the CLDR display name
MEANS_ANOTHER = {"Congo"}
"""Short names that English news gives to another state than the source does; `usage.csv` tells to which."""
PLACE_LABELS = {"Gaza": "Gaza City"}
"""Cities whose bare name means something larger in English news."""
NO_DIVISION = {
    "district",
    "municipality",
    "parish",
    "village",
    "local council",
    "commune",
    "quarter",
    "london borough",
    "council area",
    "unitary authority",
    "rural municipality",
    "district municipality",
    "urban municipality",
    "administrative atoll",
    "popularate",
    "city with county rights",
    "metropolitan district",
    "two-tier county",
    "town council",
    "division",
    "special municipality",
    "county",
}
CITY_DIVISIONS = {"city", "autonomous city", "federal city", "metropolitan city", "capital city", "capital district"}
DIRECTIONS = {
    "central",
    "northern",
    "southern",
    "eastern",
    "western",
    "north",
    "south",
    "east",
    "west",
    "centre",
    "northeastern",
    "capital",
    "federal district",
    "littoral",
    "coast",
    "upper river",
    "lower river",
    "jewish",
    "gulf",
    "river",
    "islands",
    "plateau",
    "delta",
    "lakes",
    "niger",
    "unity",
    "gaza",
}
FORMER_NAMES = {"X": ("Twitter",)}
"""Names by which bodies were known before, where a source has the new one alone."""
FAMILY_FIRST = {"CN", "KR", "KP", "VN", "KH", "HU", "TW", "SG", "LA", "MM", "TH", "ID", "BT", "ET", "ER", "IS"}
