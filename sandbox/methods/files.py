"""getFile."""

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, method
from sandbox.models.users import Json

_LARGEST_DOWNLOAD = 20 * 1024 * 1024


@method("getFile")
async def get_file(call: Call, *, file_id: str) -> Json:
    """Tell where a file can be fetched: /file/bot<token>/<file_path>."""
    stored = call.world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > _LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.to_json()
