"""The archive for programs, /api/v1: one table of endpoints gives the routes and the OpenAPI document."""
