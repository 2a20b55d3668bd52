"""What an application of the sandbox carries."""

from aiohttp import web

from sandbox.world import World

WORLD = web.AppKey("WORLD", World)
