"""HTTP API: request models, response models and routes; kb/server/app.py assembles them."""
