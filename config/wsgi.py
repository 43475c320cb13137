"""The door for WSGI servers: pages and API, without live sockets."""

from django.core.wsgi import get_wsgi_application

from config.process import startup
from config.serving.door import WsgiDoor

startup.services()
application = WsgiDoor(get_wsgi_application())
startup.refuse_unmigrated()
