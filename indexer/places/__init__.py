"""Make the table of the world's places from GeoNames and CLDR."""
