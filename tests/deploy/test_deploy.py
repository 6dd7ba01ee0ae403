"""The files under deploy/: whole, consistent with the program and each other, and closed down."""

import re
import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from selector.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
MANIFESTS = list(
    yaml.safe_load_all((DEPLOY / "kubernetes" / "selector.yaml").read_text(encoding="utf-8"))
)
APPS = ("app1", "app2")


def _of(kind: str) -> dict[str, Any]:
    found = [one for one in MANIFESTS if one["kind"] == kind]
    assert len(found) == 1
    one: dict[str, Any] = found[0]
    return one


@pytest.fixture
def pod() -> dict[str, Any]:
    found: dict[str, Any] = _of("Deployment")["spec"]["template"]["spec"]
    return found


def test_the_image_has_all_that_the_package_takes_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", CONTAINER, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert {*wheel, "src", "pyproject.toml", project["project"]["readme"]} <= names
    assert all((ROOT / name).exists() for name in names)


def test_the_image_runs_as_nobody_in_particular_and_is_looked_after() -> None:
    assert re.search(r"^USER 10001:10001$", CONTAINER, re.MULTILINE)
    assert "HEALTHCHECK" in CONTAINER
    assert "/api/health" in CONTAINER
    assert CONTAINER.index("useradd") < CONTAINER.index("USER 10001") < CONTAINER.index('CMD ["sel')
    assert '".[postgres]"' in CONTAINER


def test_only_the_proxy_is_reached_from_outside() -> None:
    services = COMPOSE["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert [name for name, one in services.items() if "outside" in one["networks"]] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_no_secret_stands_in_a_file() -> None:
    for name in APPS:
        values = COMPOSE["services"][name]["environment"]
        for secret in ("SELECTOR_ADMIN_KEY", "SELECTOR_DATABASE_URL"):
            assert ":?}" in values[secret]
    assert ":?}" in COMPOSE["services"]["database"]["environment"]["POSTGRES_PASSWORD"]
    for one in _of("Deployment")["spec"]["template"]["spec"]["containers"][0]["env"]:
        if one["name"].startswith("SELECTOR_"):
            assert one["valueFrom"]["secretKeyRef"]["name"] == "selector"


def test_what_is_named_in_compose_is_there() -> None:
    services = COMPOSE["services"]
    for one in services.values():
        assert set(one["networks"]) <= set(COMPOSE["networks"])
        assert set(one.get("depends_on", ())) <= set(services)
        for volume in one.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or (DEPLOY / source).exists()
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert all(f"{name}:8501" in caddy for name in APPS)
    assert "flush_interval -1" in caddy
    assert "lb_policy cookie" in caddy
    assert caddy.count("{") == caddy.count("}")


def test_containers_can_do_no_more_than_they_need(pod: dict[str, Any]) -> None:
    for name in APPS:
        one = COMPOSE["services"][name]
        assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
        assert "no-new-privileges:true" in one["security_opt"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == 10001
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        allowed = container["securityContext"]
        assert allowed["allowPrivilegeEscalation"] is False
        assert allowed["readOnlyRootFilesystem"] is True
        assert allowed["capabilities"] == {"drop": ["ALL"]}
        assert set(container["resources"]) == {"requests", "limits"}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda one: str(one["kind"]))
def test_kubernetes_takes_the_manifests(manifest: dict[str, Any]) -> None:
    newest = kubernetes_validate.latest_version()
    kubernetes_validate.validate(manifest, newest, strict=True)
    spoiled = manifest | {"spec": {**manifest["spec"], "nonsense": 1}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(spoiled, newest, strict=True)


def test_manifests_name_each_other(pod: dict[str, Any]) -> None:
    labels = _of("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert _of("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert _of("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    assert _of("NetworkPolicy")["spec"]["podSelector"]["matchLabels"] == labels
    assert _of("Service")["spec"]["selector"] == labels
    container = pod["containers"][0]
    ports = {one["name"]: one["containerPort"] for one in container["ports"]}
    assert _of("Service")["spec"]["ports"][0]["targetPort"] in ports
    backend = _of("Ingress")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == _of("Service")["metadata"]["name"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"] == {"path": "/api/health", "port": "http"}
    volumes = {one["name"]: one for one in pod["volumes"]}
    assert {one["name"] for one in container["volumeMounts"]} == set(volumes)
    claim = volumes["drafts"]["persistentVolumeClaim"]["claimName"]
    assert claim == _of("PersistentVolumeClaim")["metadata"]["name"]
    assert container["image"] == f"selector:{VERSION}"


def test_a_rolling_update_and_a_drained_node_leave_one_serving() -> None:
    spec = _of("Deployment")["spec"]
    assert spec["replicas"] >= 2
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert 1 <= _of("PodDisruptionBudget")["spec"]["minAvailable"] < spec["replicas"]


def test_a_visitor_stays_with_a_process_and_events_pass() -> None:
    notes = _of("Ingress")["metadata"]["annotations"]
    at = "nginx.ingress.kubernetes.io/"
    assert notes[f"{at}affinity"] == "cookie"
    assert notes[f"{at}proxy-buffering"] == "off"
    assert int(notes[f"{at}proxy-read-timeout"]) >= 600
    assert all(isinstance(value, str) for value in notes.values())
