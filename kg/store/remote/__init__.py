"""Stores on other machines: any that speaks the SPARQL 1.1 Protocol is read, and written through its Graph Store."""
