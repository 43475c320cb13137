"""gunicorn for the pages. No header says who is in front or where the site has its root."""

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 120
# By default gunicorn believes SCRIPT_NAME, PATH_INFO and the scheme from its own machine. Scheme
# and visitor are Django's to read (NEXUS_SECURE, NEXUS_PROXIES); the prefix is a setting.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
