"""Lists, watches, patches, applies and deletes widgets with the dynamic client of the Python library.

usage: client.py KUBECONFIG NAMESPACE

Prints what it saw, one line each, and ends with exit code 0 unless a call failed that must not.
"""

import sys
import threading

from kubernetes import config, dynamic
from kubernetes.client import ApiClient
from kubernetes.client.rest import ApiException
from kubernetes.dynamic.exceptions import ConflictError, NotFoundError, UnprocessibleEntityError

WATCHED = 4


def widget(name, **spec):
    return {
        "apiVersion": "clients.example.dev/v1",
        "kind": "Widget",
        "metadata": {"name": name, "labels": {"by": "python"}},
        "spec": spec,
    }


def watch(widgets, namespace, version, events):
    for event in widgets.watch(namespace=namespace, resource_version=version, timeout=30):
        item = event["object"]
        events.append(f"{event['type']} {item.metadata.name} {item.spec.color}")
        if len(events) == WATCHED:
            return


def main(kubeconfig, namespace):
    client = dynamic.DynamicClient(config.new_client_from_config(kubeconfig))
    widgets = client.resources.get(api_version="clients.example.dev/v1", kind="Widget")
    print("discovered", widgets.name, widgets.namespaced, sorted(widgets.verbs), sorted(widgets.short_names))
    empty = widgets.get(namespace=namespace)
    print("listed", empty.kind, len(empty.items))

    events = []
    watcher = threading.Thread(target=watch, args=(widgets, namespace, empty.metadata.resourceVersion, events), daemon=True)
    watcher.start()

    created = widgets.create(body=widget("p1", color="red"), namespace=namespace)
    print("created", created.metadata.name, created.spec.color, created.spec.replicas, created.metadata.generation)
    try:
        widgets.create(body=widget("p1", color="red"), namespace=namespace)
    except ConflictError as e:
        print("refused", e.status, e.summary().split("\n")[0])
    try:
        widgets.create(body=widget("p2", color="mauve"), namespace=namespace)
    except UnprocessibleEntityError as e:
        print("refused", e.status)

    merged = widgets.patch(
        name="p1", namespace=namespace, body={"spec": {"replicas": 4}}, content_type="application/merge-patch+json")
    print("merged", merged.spec.replicas, merged.metadata.generation)
    patched = widgets.patch(
        name="p1", namespace=namespace, body=[{"op": "replace", "path": "/spec/color", "value": "blue"}],
        content_type="application/json-patch+json")
    print("patched", patched.spec.color)
    try:
        widgets.patch(name="p1", namespace=namespace, body={"spec": {"replicas": 5}}, content_type="application/strategic-merge-patch+json")
    except ApiException as e:
        print("refused", e.status)
    except dynamic.exceptions.DynamicApiError as e:
        print("refused", e.status)

    stale = widget("p1", color="green")
    stale["metadata"]["resourceVersion"] = created.metadata.resourceVersion
    try:
        widgets.replace(body=stale, namespace=namespace)
    except ConflictError as e:
        print("refused", e.status)

    selected = widgets.get(namespace=namespace, label_selector="by=python", field_selector="metadata.name=p1")
    print("selected", [item.metadata.name for item in selected.items])
    widgets.delete(name="p1", namespace=namespace)
    try:
        widgets.get(name="p1", namespace=namespace)
    except NotFoundError as e:
        print("refused", e.status)

    watcher.join(timeout=30)
    for event in events:
        print("watched", event)


if __name__ == "__main__":
    main(*sys.argv[1:])
