"""The manifests fit Kubernetes' own schemas, one another, and the code. No cluster is needed."""

import kubernetes_validate
import pytest
import yaml

from orchestrator_server.conversations import HARD_SECONDS
from orchestrator_server.settings import read_settings
from service_kit.health import LIVENESS
from service_kit.settings import Environment, server_settings
from tests.deploy.conftest import (
    IMAGE,
    KUBERNETES,
    PORTS,
    environment_of,
    is_read,
    manifests,
    named,
    of_kind,
    pod,
)

VERSIONS = ("1.31", "1.37")
TIDYING_SECONDS = 5


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("manifest", manifests(), ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_every_manifest_fits_the_schema(manifest, version):
    kubernetes_validate.validate(manifest, version, strict=True)


def test_a_manifest_with_a_typing_error_does_not_fit():
    wrong = yaml.safe_load((KUBERNETES / "namespace.yaml").read_text()) | {"sepc": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


def test_the_kustomization_names_every_file_and_the_image():
    kustomization = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())
    files = {path.name for path in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(kustomization["resources"]) == files
    assert [f"{one['name']}:{one['newTag']}" for one in kustomization["images"]] == [IMAGE]


def test_everything_stands_in_the_one_namespace():
    kustomization = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())
    (namespace,) = of_kind("Namespace")
    spaces = {one["metadata"].get("namespace") for one in manifests() if one["kind"] != "Namespace"}
    assert spaces == {namespace["metadata"]["name"]} == {kustomization["namespace"]}


def test_there_is_a_deployment_and_a_headless_service_for_every_server():
    for kind in ("Deployment", "Service"):
        assert {one["metadata"]["name"] for one in of_kind(kind)} == set(PORTS)
    assert {one["spec"]["clusterIP"] for one in of_kind("Service")} == {"None"}


def test_every_setting_is_one_that_the_code_reads():
    for kind, field in (("ConfigMap", "data"), ("Secret", "stringData")):
        for one in of_kind(kind):
            assert [name for name in one[field] if not is_read(name)] == []
    for deployment in of_kind("Deployment"):
        assert [name for name in environment_of(deployment) if not is_read(name)] == []


def test_the_settings_of_every_server_are_accepted(server):
    values = environment_of(named("Deployment", server))
    environment = Environment(values)
    settings = server_settings(environment, server, PORTS[server])
    environment.check()
    assert settings.address == f"0.0.0.0:{PORTS[server]}"
    assert settings.drain_seconds > 0


def test_the_orchestrator_finds_every_server_and_grants_it_what_is_its_own():
    settings = read_settings(Environment(environment_of(named("Deployment", "orchestrator"))))
    namespace = named("Service", "order")["metadata"]["namespace"]
    for target in settings.targets:
        (port,) = named("Service", target.name)["spec"]["ports"]
        assert target.address == f"dns:///{target.name}.{namespace}.svc.cluster.local:{port['port']}"
        assert target.may_claim == (("*",) if target.name == "legacy" else (f"{target.name}.*",))
    assert {target.name for target in settings.targets} == set(PORTS) - {"orchestrator"}


def test_ports_match_from_service_to_process(server):
    (container,) = pod(named("Deployment", server))["containers"]
    (published,) = named("Service", server)["spec"]["ports"]
    (port,) = container["ports"]
    assert (published["port"], published["targetPort"], port["containerPort"]) == (PORTS[server], "grpc", PORTS[server])
    assert port["name"] == "grpc"
    assert container["command"][-1] == f"{server}_server"


def test_probes_ask_for_what_servers_answer(server):
    (container,) = pod(named("Deployment", server))["containers"]
    asked = {kind: container[f"{kind}Probe"]["grpc"] for kind in ("startup", "readiness", "liveness")}
    assert {probe["port"] for probe in asked.values()} == {PORTS[server]}
    assert (asked["startup"]["service"], asked["liveness"]["service"]) == (LIVENESS, LIVENESS)
    assert "service" not in asked["readiness"], "the whole server"


def test_selectors_match_the_labels_of_pods(server):
    deployment = named("Deployment", server)
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    wanted = deployment["spec"]["selector"]["matchLabels"]
    assert wanted.items() <= labels.items()
    assert named("Service", server)["spec"]["selector"] == wanted
    others = [one["spec"]["template"]["metadata"]["labels"] for one in of_kind("Deployment") if one is not deployment]
    assert not any(wanted.items() <= each.items() for each in others)


def test_policies_budget_and_autoscaler_select_something_that_is_there():
    pods = [one["spec"]["template"]["metadata"]["labels"] for one in of_kind("Deployment")]
    selectors = [one["spec"]["podSelector"].get("matchLabels", {}) for one in of_kind("NetworkPolicy")]
    selectors += [one["spec"]["selector"]["matchLabels"] for one in of_kind("PodDisruptionBudget")]
    selectors += [
        source["podSelector"]["matchLabels"]
        for policy in of_kind("NetworkPolicy")
        for rule in policy["spec"].get("ingress", ())
        for source in rule["from"]
        if "podSelector" in source
    ]
    for selector in selectors:
        assert any(selector.items() <= labels.items() for labels in pods), selector
    (scaler,) = of_kind("HorizontalPodAutoscaler")
    target = scaler["spec"]["scaleTargetRef"]
    deployment = named(target["kind"], target["name"])
    assert "replicas" not in deployment["spec"], "every apply would undo what the autoscaler did"
    assert "cpu" in pod(deployment)["containers"][0]["resources"]["requests"], "a share of nothing"
    assert scaler["spec"]["minReplicas"] > named("PodDisruptionBudget", "orchestrator")["spec"]["minAvailable"]


def callers_of(server):
    """Labels of pods in the namespace, or of namespaces, that policies let in at the server's port."""
    labels = named("Deployment", server)["spec"]["template"]["metadata"]["labels"]
    found = []
    for policy in of_kind("NetworkPolicy"):
        if not policy["spec"]["podSelector"].get("matchLabels", {}).items() <= labels.items():
            continue
        for rule in policy["spec"].get("ingress", ()):
            if PORTS[server] in [port["port"] for port in rule["ports"]]:
                found += [next(iter(next(iter(source.values()))["matchLabels"].items())) for source in rule["from"]]
    return sorted(found)


@pytest.mark.parametrize(
    ("server", "callers"),
    [
        ("legacy", ["orchestrator"]),
        ("order", ["orchestrator"]),
        ("shipping", ["orchestrator"]),
        ("user", ["orchestrator", "true"]),
        ("orchestrator", ["true"]),
    ],
)
def test_only_the_orchestrator_reaches_the_shop_and_clients_sign_in_and_chat(server, callers):
    assert [value for _, value in callers_of(server)] == callers
    everybody = named("NetworkPolicy", "nobody")["spec"]
    assert (everybody["podSelector"], everybody["policyTypes"]) == ({}, ["Ingress"])
    assert "ingress" not in everybody


def test_volumes_are_claimed_declared_and_mounted(server):
    spec = pod(named("Deployment", server))
    declared = {volume["name"] for volume in spec["volumes"]}
    claims = {
        volume["persistentVolumeClaim"]["claimName"] for volume in spec["volumes"] if "persistentVolumeClaim" in volume
    }
    assert claims <= {one["metadata"]["name"] for one in of_kind("PersistentVolumeClaim")}
    mounted = [
        mount for each in [*spec["containers"], *spec.get("initContainers", ())] for mount in each["volumeMounts"]
    ]
    assert {mount["name"] for mount in mounted} == declared


def test_databases_and_keys_lie_on_volumes_and_not_in_reach_of_others(server):
    (container,) = pod(named("Deployment", server))["containers"]
    mounts = {mount["mountPath"]: mount for mount in container["volumeMounts"]}
    for name, value in environment_of(named("Deployment", server)).items():
        if name.endswith("_DATABASE"):
            assert value.rpartition("/")[0] in mounts
    keeps_key = server in ("user", "orchestrator")
    assert ("/app/var/keys" in mounts) == keeps_key
    assert ("/app/var/user" in mounts) == (server == "user")
    assert mounts["/app/var/public"].get("readOnly", False) is not keeps_key
    shop = named("PersistentVolumeClaim", "shop")["spec"]["accessModes"]
    assert shop == ["ReadWriteOnce"]


def test_whatever_many_nodes_share_can_be_shared():
    replicated = {
        volume["persistentVolumeClaim"]["claimName"]
        for volume in pod(named("Deployment", "orchestrator"))["volumes"]
        if "persistentVolumeClaim" in volume
    }
    for name in replicated:
        assert named("PersistentVolumeClaim", name)["spec"]["accessModes"] == ["ReadWriteMany"]


def test_the_shop_stands_on_one_node():
    for server in set(PORTS) - {"orchestrator"}:
        affinity = pod(named("Deployment", server))["affinity"]["podAffinity"]
        (term,) = affinity["requiredDuringSchedulingIgnoredDuringExecution"]
        assert term["topologyKey"] == "kubernetes.io/hostname"
        assert term["labelSelector"]["matchLabels"] == {"app.kubernetes.io/part-of": "shop"}


def test_a_pod_is_given_the_time_that_its_server_takes_to_end(server):
    deployment = named("Deployment", server)
    environment = Environment(environment_of(deployment))
    settings = server_settings(environment, server, PORTS[server])
    needed = settings.drain_seconds + settings.grace_seconds + TIDYING_SECONDS
    if server == "orchestrator":
        needed += read_settings(environment).turn_seconds + HARD_SECONDS
    else:
        steps = read_settings(Environment(environment_of(named("Deployment", "orchestrator")))).call_seconds
        assert settings.grace_seconds >= steps, "a call that has begun may end"
    assert pod(deployment)["terminationGracePeriodSeconds"] >= needed


def test_balancers_notice_before_the_door_closes(server):
    deployment = named("Deployment", server)
    settings = server_settings(Environment(environment_of(deployment)), server, PORTS[server])
    probe = pod(deployment)["containers"][0]["readinessProbe"]
    assert settings.drain_seconds >= probe["periodSeconds"] * probe["failureThreshold"]


def test_a_rolling_update_takes_nothing_away_before_the_new_is_there(server):
    strategy = named("Deployment", server)["spec"]["strategy"]
    assert strategy == {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}


def test_no_container_may_more_than_it_needs(server):
    spec = pod(named("Deployment", server))
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    for container in [*spec["containers"], *spec.get("initContainers", ())]:
        assert container["image"] == IMAGE
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])


def test_secrets_hold_placeholders_only():
    values = [value for secret in of_kind("Secret") for value in secret["stringData"].values()]
    assert [value for value in values if "@" in value and "://" in value and ":CHANGE-ME@" not in value] == []
