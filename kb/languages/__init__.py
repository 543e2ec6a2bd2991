"""The languages of the interface: catalogue, labels, numbers and dates in words."""
