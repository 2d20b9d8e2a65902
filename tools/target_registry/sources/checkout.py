"""A working tree beside a commit: which files differ, told by their own bytes.

Git itself would compare through the filters that the repository's configuration names, and trust
the index about what it needn't look at.

Source: gitignore(5) for what is no part of a commit, gitmodules(5) for working trees of their own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from target_registry.assembly import WATCHED, is_policy
from target_registry.model import Message
from target_registry.sources import NO_FILES, Blob, Difference, EnvironmentFault, Kind
from target_registry.sources.git import Held, Repository, few
from target_registry.sources.names import encoded, on_disk
from target_registry.sources.pipes import is_repository
from target_registry.sources.worktree import FOLDERS, Worktree


def difference(
    repository: Repository, commit: str, root: Path, paths: Sequence[str], left_out: list[str]
) -> Difference:
    """The files in which a commit and a working tree differ; what Git is told to ignore is no part of it.

    Args:
        repository: to read from.
        commit: its id.
        root: the registry's folder.
        paths: what to look at.
        left_out: takes the files that are ignored.

    Raises:
        EnvironmentFault: a folder can't be read, so that what it holds isn't known; or a sparse checkout lacks some
            files; or they differ in too many.
    """
    is_all = tuple(paths) == WATCHED
    matters = _mattering(repository, paths)
    tree = repository.tree(commit, () if is_all else paths)
    before: dict[str, Blob] = {entry.path: (entry.kind, blob) for entry, blob in tree if matters(entry.path)}
    held = {path: one for path, one in repository.held.items() if matters(path)}
    depth = repository.prefix.count("/")
    top = Worktree(root.resolve().parents[depth - 1] if depth else root.resolve())
    kinds = dict(_found(repository, top, _watched(repository) if is_all else paths))
    _check_parted(repository, kinds, {path for path, one in held.items() if one.blob[0] is Kind.SUBMODULE})
    ignored = repository.ignored([path for path in kinds if path not in before])
    left_out += sorted(ignored)
    after = {
        path: _blob(repository, top, path, kind, before.get(path))
        for path, kind in kinds.items()
        if path not in ignored
    }
    after |= _lacking(repository, top, {path: one for path, one in held.items() if path not in after})
    differing = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    few(len(differing))
    return {path: (before.get(path), after.get(path)) for path in differing}


def _check_parted(repository: Repository, kinds: Mapping[str, Kind], submodules: Collection[str]) -> None:
    """Complain where the index and the disk differ in what is a repository of its own.

    Args:
        repository: to read from.
        kinds: what stands on the disk.
        submodules: those of the index.

    Raises:
        EnvironmentFault: a folder is one here and none there, and has files.
    """
    for folder in submodules:
        if any(path.startswith(folder + "/") for path in kinds):
            raise EnvironmentFault(
                Message(
                    "Git has {folder} as a repository of its own, and takes nothing in it into a commit; "
                    "run git rm --cached {folder}, then git add {folder}",
                    folder=folder,
                )
            )
    for folder, kind in kinds.items():
        if kind is Kind.SUBMODULE and folder not in submodules and repository.has_below(folder):
            raise EnvironmentFault(
                Message(
                    "a repository of its own lies in {folder}, as after git init there, though the files in it belong to "
                    "the one that the registry is in; move {place} away",
                    folder=folder,
                    place=f"{folder}/.git",
                )
            )


def _lacking(repository: Repository, top: Worktree, held: Mapping[str, Held]) -> dict[str, Blob]:
    """What nobody has deleted though the disk lacks it, as the index has it.

    A submodule that was not fetched is an empty folder, and a sparse checkout leaves files out.

    Args:
        repository: to read from.
        top: its working tree.
        held: what may be such of what doesn't stand on the disk.

    Raises:
        EnvironmentFault: targets are left out, without which nothing can be summed up.
    """
    if lacking := [path for path, one in held.items() if one.is_left_out and path.startswith("targets/")]:
        raise EnvironmentFault(
            Message(
                "the checkout is sparse and leaves out {path}; compare two revisions, or fetch all files with "
                "git sparse-checkout disable",
                path=min(lacking),
            )
        )
    return {
        path: one.blob
        for path, one in held.items()
        if one.is_left_out or (top.root / on_disk(repository.path(path))).is_dir()
    }


def _mattering(repository: Repository, paths: Sequence[str]) -> Callable[[str], bool]:
    """What tells whether a path is among those that are to be looked at, or below them."""
    if tuple(paths) != WATCHED:
        return lambda path: any(path == one or path.startswith(one + "/") for one in paths)
    return lambda path: path.split("/", maxsplit=1)[0] in FOLDERS or is_policy(path, repository.prefix)


def _watched(repository: Repository) -> Sequence[str]:
    """Of the whole repository the places to look at on the disk.

    Not the whole folder: what lies in it beside the registry may be large, and is nobody's business.
    """
    policy = [path for path in repository.present() if is_policy(path, repository.prefix)]
    return (*FOLDERS, *(path for path in policy if path.split("/", maxsplit=1)[0] not in FOLDERS))


def _found(repository: Repository, top: Worktree, paths: Sequence[str]) -> Iterator[tuple[str, Kind]]:
    """The path of each file on the disk, as the repository has it, and what it is."""
    for path in paths:
        local = repository.path(path)
        if is_repository(top.root / on_disk(local) / ".git"):
            yield path, Kind.SUBMODULE
            continue
        for entry in top.below(local):
            if ".git" not in entry.path.split("/"):  # Git takes none into a commit
                yield repository.own(encoded(entry.path)), entry.kind


def _blob(repository: Repository, top: Worktree, path: str, kind: Kind, known: Blob | None) -> Blob:
    """What stands at a path, with the id that Git would give it; without, where it can't be read."""
    if kind in (Kind.SEALED, Kind.DEEP):
        raise EnvironmentFault(Message("{path} {reason}", path=path, reason=NO_FILES[kind]))
    local, wanted = repository.path(path), known[1] if known else ""
    if kind is Kind.SUBMODULE:
        return kind, repository.submodule(path)
    if kind is Kind.LINK:
        return kind, top.link(local, repository.algorithm)
    if kind is not Kind.FILE:
        return kind, ""
    blob = top.blob(local, repository.algorithm, wanted)
    # Where the system has no links, Git writes what they lead to into files.
    return (Kind.LINK if os.name == "nt" and known == (Kind.LINK, blob) else kind), blob
