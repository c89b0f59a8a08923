"""The core of Try-On Studio: jobs for two vendors, from the request to the saved picture."""
