#!/usr/bin/env python3
"""Makes src/DevCluster/Types/definitions.json of what a kube-apiserver publishes at /openapi/v2.

Only what the types below lead to is taken, and only facts: names, types, required members, list types and merge keys. What later
releases added, defaults and descriptions are ours, in overlay.yaml beside the output.

usage: definitions.py openapi.json > src/DevCluster/Types/definitions.json     (make.sh does it all)
"""
import json
import sys

CORE = "io.k8s.api.core.v1."
META = "io.k8s.apimachinery.pkg.apis.meta.v1."

ROOTS = [
    *(CORE + kind for kind in (
        "Endpoints", "LimitRange", "Node", "PersistentVolume", "PersistentVolumeClaim", "Pod", "ResourceQuota", "Service", "Binding")),
    *("io.k8s.api.apps.v1." + kind for kind in ("ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")),
    "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler",
    "io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscaler",
    "io.k8s.api.batch.v1.Job",
    "io.k8s.api.batch.v1beta1.CronJob",
    "io.k8s.api.discovery.v1beta1.EndpointSlice",
    "io.k8s.api.networking.v1.Ingress",
    "io.k8s.api.networking.v1.IngressClass",
    "io.k8s.api.networking.v1.NetworkPolicy",
    "io.k8s.api.policy.v1beta1.PodDisruptionBudget",
    "io.k8s.api.scheduling.v1.PriorityClass",
    "io.k8s.api.storage.v1.StorageClass",
    "io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration",
    "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration",
    "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService",
]

# Groups that the server knows in a beta only, whose later version has the same shape but for what the overlay says.
RENAMED = {
    "io.k8s.api.autoscaling.v2beta2.": "io.k8s.api.autoscaling.v2.",
    "io.k8s.api.batch.v1beta1.": "io.k8s.api.batch.v1.",
    "io.k8s.api.discovery.v1beta1.": "io.k8s.api.discovery.v1.",
    "io.k8s.api.policy.v1beta1.": "io.k8s.api.policy.v1.",
}

# Definitions that are written where they are used.
INLINE = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": {"x-kubernetes-int-or-string": True, "format": "quantity"},
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": {"x-kubernetes-int-or-string": True},
    "io.k8s.apimachinery.pkg.runtime.RawExtension": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
    META + "Time": {"type": "string", "format": "date-time"},
    META + "MicroTime": {"type": "string", "format": "date-time"},
    META + "FieldsV1": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
}

KEPT = ("type", "format", "required", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type",
        "x-kubernetes-patch-merge-key", "x-kubernetes-patch-strategy")


def renamed(name):
    for old, new in RENAMED.items():
        if name.startswith(old):
            return new + name[len(old):]
    return name


def reference(schema):
    return schema["$ref"].removeprefix("#/definitions/") if "$ref" in schema else None


class Definitions:
    def __init__(self, published):
        self.published = published
        self.made = {}
        self.keys = {}

    def add(self, name):
        if renamed(name) in self.made:
            return
        self.made[renamed(name)] = None
        self.made[renamed(name)] = self.convert(self.published[name])

    def convert(self, schema):
        name = reference(schema)
        if name in INLINE:
            return dict(INLINE[name])
        if name:
            self.add(name)
            return {"$ref": renamed(name)}
        out = {key: schema[key] for key in KEPT if key in schema and (schema.get("type") == "array" or not key.startswith("x-kubernetes-list"))}
        if "type" not in out:
            out["type"] = "object"
        if "properties" in schema:
            out["properties"] = {key: self.convert(value) for key, value in sorted(schema["properties"].items())}
        if "additionalProperties" in schema:
            out["additionalProperties"] = self.convert(schema["additionalProperties"])
        if "items" in schema:
            out["items"] = self.convert(schema["items"])
            self.type_list(out)
        return out

    def type_list(self, out):
        """A list that is merged by patches is a set or a map for server-side apply too, as kube-apiserver derives it."""
        strategy = out.get("x-kubernetes-patch-strategy", "").split(",")
        if "x-kubernetes-list-type" not in out and "merge" in strategy:
            key = out.get("x-kubernetes-patch-merge-key")
            out["x-kubernetes-list-type"] = "map" if key else "set"
            if key:
                out["x-kubernetes-list-map-keys"] = [key]
        if out.get("x-kubernetes-list-type") == "map" and "$ref" in out["items"]:
            self.keys.setdefault(out["items"]["$ref"], set()).update(out["x-kubernetes-list-map-keys"])

    def require_keys(self):
        """Items are told apart by members that they must have; a protocol has a default instead."""
        for name, keys in self.keys.items():
            required = self.made[name].setdefault("required", [])
            required.extend(sorted(key for key in keys if key != "protocol" and key not in required))
            if not required:
                del self.made[name]["required"]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        definitions = Definitions(json.load(file)["definitions"])
    for root in ROOTS:
        definitions.add(root)
    definitions.require_keys()
    lines = (f"{json.dumps(name)}:{json.dumps(schema, separators=(',', ':'))}" for name, schema in sorted(definitions.made.items()))
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


main()
