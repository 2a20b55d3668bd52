"""What is seldom needed is loaded when it is first called: it would take a tenth of the start."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


class Deferred:
    """Something of a module that is loaded when it is called, or when something is asked of it."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    @cached_property
    def loaded(self) -> Any:
        """The real thing. Raises ImportError and AttributeError."""
        return getattr(import_module(self._module), self._name)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self.loaded(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loaded, name)


class Later:
    """Stands for a module that need not be loaded yet; whatever is read from it is deferred."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Deferred:
        return Deferred(self._module, name)


def the_others(package: str, *, known: Iterable[str]) -> Iterator[tuple[str, Later]]:
    """Stands in for every module of a package that is not known by name where it is asked for."""
    here = set(known)
    for module in iter_modules(import_module(package).__path__):
        if module.name not in here:
            yield module.name, Later(f"{package}.{module.name}")
