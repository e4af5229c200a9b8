"""A year of a hall: as many cases as in the report of 2019, in working days of that year, through the real API."""
