"""The software bill of materials: `make sbom` writes CycloneDX 1.6 as JSON of Billify as it is installed here."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from docs.supply_chain import weights
from docs.supply_chain.dependencies import PROJECT, Package, installed
from docs.supply_chain.licences import licence, rules

_LICENCES = LicenseFactory()


def bill_of_materials() -> str:
    """JSON of Billify, each package that it needs with what that needs in turn, the weights that it ships, and what
    lies in it as it was published elsewhere."""
    bom = Bom()
    ours = bom.metadata.component = Component(
        type=ComponentType.APPLICATION, name=PROJECT["name"], version=PROJECT["version"], bom_ref=PROJECT["name"],
        description=PROJECT["description"], licenses=[_LICENCES.make_from_string(PROJECT["license"])],
    )  # fmt: skip
    packages = installed()
    components = {name: _of_package(package) for name, package in packages.items()}
    shipped = [_of_weights(one) for one in weights.named()]
    shipped += [_of_vendored(name, one) for name, one in rules()["vendored"].items()]
    bom.components.update(components.values(), shipped)
    direct = packages.keys() & {canonicalize_name(Requirement(one).name) for one in PROJECT["dependencies"]}
    bom.register_dependency(ours, [*shipped, *(components[name] for name in direct)])
    for name, package in packages.items():
        bom.register_dependency(components[name], [components[one] for one in package.needs])
    return JsonV1Dot6(bom).output_as_string(indent=2)


def _of_package(package: Package) -> Component:
    url = PackageURL("pypi", name=package.name, version=package.version)
    return Component(
        type=ComponentType.LIBRARY, name=package.name, version=package.version, purl=url, bom_ref=url.to_string(),
        licenses=[_LICENCES.make_from_string(licence(package))],
    )  # fmt: skip


def _of_vendored(name: str, one: dict[str, str]) -> Component:
    url = PackageURL("npm", name=name, version=one["version"])
    return Component(
        type=ComponentType.LIBRARY, name=name, version=one["version"], purl=url, bom_ref=url.to_string(),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one["sha256"])],
        licenses=[_LICENCES.make_from_string(one["licence"])],
    )  # fmt: skip


def _of_weights(one: weights.Weights) -> Component:
    told = {"learned from": one.data, "began as": one.from_}
    return Component(
        type=ComponentType.MACHINE_LEARNING_MODEL, name=one.file, version=PROJECT["version"], bom_ref=one.file,
        description=one.what, hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one.sha256)],
        licenses=[_LICENCES.make_from_string(one.licence)],
        properties=[Property(name=f"billify:{name}", value=value) for name, value in told.items()],
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Writes the bill into the file that is named."""
    file = Path(arguments[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(bill_of_materials(), "utf-8")
    print(f"Written to {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
