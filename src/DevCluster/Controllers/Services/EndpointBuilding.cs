using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Services;

/// <summary>The endpoints of services, in both of their forms.</summary>
internal static class EndpointBuilding
{
    /// <summary>Most endpoints of one object; Kubernetes takes no more in a slice. Further ones are left out.</summary>
    public const int Most = 1000;

    private const string Family = "IPv4";

    /// <summary>The pods behind a service, in the order of their names: those that it selects, that have an address and have not ended.</summary>
    public static IReadOnlyList<Pod> Backends(Service service, IEnumerable<KubeObject> pods) =>
        service.Spec.Selector is not { Count: > 0 } selector ? [] : [.. pods
            .Where(pod => Matches(selector, pod.Metadata.Labels))
            .Select(static pod => pod.ToPod())
            .Where(static pod => !pod.IsTerminal() && !string.IsNullOrEmpty(pod.Status.PodIP))
            .OrderBy(static pod => pod.Name, StringComparer.Ordinal)
            .Take(Most)];

    public static bool Matches(StringMap selector, StringMap labels) =>
        selector.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <summary>The slice of a service.</summary>
    public static KubeObject Slice(Service service, string name, IReadOnlyList<Pod> backends) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "discovery.k8s.io/v1",
        ["kind"] = "EndpointSlice",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = service.Namespace,
            ["labels"] = new JsonObject
            {
                ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io",
                ["kubernetes.io/service-name"] = service.Name,
            },
            ["ownerReferences"] = Ownership.ReferenceTo(service.Object),
        },
        ["addressType"] = Family,
        ["endpoints"] = new JsonArray([.. backends.Select(pod => Endpoint(service, pod))]),
        ["ports"] = new JsonArray([.. Ports(service, backends).Select(static p => SlicePort(p.Port, p.Number))]),
    });

    /// <summary>The older form: ready and other addresses.</summary>
    public static KubeObject Endpoints(Service service, IReadOnlyList<Pod> backends)
    {
        var ready = backends.Where(pod => IsServed(service, pod)).ToList();
        var rest = backends.Where(pod => !IsServed(service, pod) && !pod.Metadata.IsDeleting).ToList();
        var subset = new JsonObject();
        if (ready.Count > 0)
        {
            subset["addresses"] = new JsonArray([.. ready.Select(Address)]);
        }

        if (rest.Count > 0)
        {
            subset["notReadyAddresses"] = new JsonArray([.. rest.Select(Address)]);
        }

        subset["ports"] = new JsonArray([.. Ports(service, backends).Select(static p => Port(p.Port, p.Number))]);
        var root = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Endpoints",
            ["metadata"] = new JsonObject
            {
                ["name"] = service.Name,
                ["namespace"] = service.Namespace,
                ["labels"] = new JsonObject { ["endpoints.kubernetes.io/managed-by"] = "endpoint-controller" },
                ["ownerReferences"] = Ownership.ReferenceTo(service.Object),
            },
        };
        if (ready.Count + rest.Count > 0)
        {
            root["subsets"] = new JsonArray(subset);
        }

        return KubeObject.FromNode(root);
    }

    private static bool IsServed(Service service, Pod pod) => service.Spec.PublishNotReadyAddresses || (pod.IsReady() && !pod.Metadata.IsDeleting);

    private static JsonObject Endpoint(Service service, Pod pod)
    {
        var endpoint = new JsonObject
        {
            ["addresses"] = new JsonArray(pod.Status.PodIP),
            ["conditions"] = new JsonObject
            {
                ["ready"] = IsServed(service, pod),
                ["serving"] = pod.IsReady(),
                ["terminating"] = pod.Metadata.IsDeleting,
            },
            ["targetRef"] = Reference(pod),
            ["nodeName"] = pod.Spec.NodeName,
        };
        if (pod.Spec.Hostname is { Length: > 0 } hostname && pod.Spec.Subdomain == service.Name)
        {
            endpoint["hostname"] = hostname;
        }

        return endpoint;
    }

    private static JsonObject Address(Pod pod) => new()
    {
        ["ip"] = pod.Status.PodIP,
        ["nodeName"] = pod.Spec.NodeName,
        ["targetRef"] = Reference(pod),
    };

    private static JsonObject Reference(Pod pod) => new()
    {
        ["kind"] = "Pod",
        ["name"] = pod.Name,
        ["namespace"] = pod.Namespace,
        ["uid"] = pod.Metadata.Uid,
    };

    // A named target is looked up in the first pod that has it: the pods of a service are of one kind.
    private static IEnumerable<(ServicePort Port, int Number)> Ports(Service service, IReadOnlyList<Pod> backends) =>
        (service.Spec.Ports ?? []).Select(port => (port, Number: Target(port, backends))).Where(static p => p.Number > 0);

    private static int Target(ServicePort port, IReadOnlyList<Pod> backends)
    {
        switch (port.TargetPort?.GetValueKind())
        {
            case System.Text.Json.JsonValueKind.Number:
                return port.TargetPort.GetValue<int>() is > 0 and var number ? number : port.Port;
            case System.Text.Json.JsonValueKind.String:
                var name = port.TargetPort.GetValue<string>();
                return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
                    : backends.SelectMany(static pod => pod.Spec.Containers).SelectMany(static c => c.Ports ?? []).FirstOrDefault(p => p.Name == name)?.Number ?? 0;
            default:
                return port.Port;
        }
    }

    private static JsonObject SlicePort(ServicePort port, int number)
    {
        var result = Port(port, number);
        result["name"] = port.Name ?? "";
        return result;
    }

    private static JsonObject Port(ServicePort port, int number)
    {
        var result = new JsonObject { ["port"] = number, ["protocol"] = port.Protocol ?? "TCP" };
        if (port.Name is { Length: > 0 } name)
        {
            result["name"] = name;
        }

        if (port.AppProtocol is { Length: > 0 } protocol)
        {
            result["appProtocol"] = protocol;
        }

        return result;
    }
}
