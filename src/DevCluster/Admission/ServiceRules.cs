using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>Services: they get an address in the cluster and ports of the nodes, and keep them.</summary>
internal sealed class ServiceRules(ServiceNumbers numbers) : TypeRules(string.Empty, "services")
{
    private const string Headless = "None";

    /// <inheritdoc/>
    protected override async ValueTask CompleteAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        if (root["spec"] is not JsonObject spec)
        {
            root["spec"] = spec = new JsonObject { ["type"] = "ClusterIP", ["sessionAffinity"] = "None" };
        }

        var old = request.OldObject?.GetNode("spec") as JsonObject;
        foreach (var port in Ports(spec))
        {
            Default(port, "targetPort", () => port["port"]?.DeepClone() ?? 0);
        }

        if ((string?)spec["type"] == "ExternalName")
        {
            Remove(spec, "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy", "externalTrafficPolicy", "allocateLoadBalancerNodePorts");
            return;
        }

        var taken = await numbers.ReadAsync(cancellationToken);
        string uid = (string?)root["metadata"]?["uid"] ?? string.Empty;
        string name = (string?)root["metadata"]?["name"] ?? string.Empty;
        CompleteAddress(spec, old, new Owner(name, uid), taken);
        CompletePorts(spec, old, new Owner(name, uid), taken);
    }

    /// <inheritdoc/>
    protected override void Check(AdmissionRequest request, JsonObject root, JsonObject? old, FieldErrorList errors)
    {
        var at = FieldPath.Root("spec");
        if (root["spec"] is not JsonObject spec)
        {
            return;
        }

        bool external = (string?)spec["type"] == "ExternalName";
        var ports = Ports(spec);
        if (ports.Count == 0 && !external && (string?)spec["clusterIP"] != Headless)
        {
            errors.Add(FieldError.Required(at.Child("ports")));
        }

        if (external && (string?)spec["externalName"] is not { Length: > 0 })
        {
            errors.Add(FieldError.Required(at.Child("externalName")));
        }

        for (int i = 0; i < ports.Count; i++)
        {
            CheckPort(ports[i], ports.Count > 1, at.Child("ports").Index(i), errors);
        }

        if (!external && (string?)old?["spec"]?["clusterIP"] is { Length: > 0 } before && (string?)spec["clusterIP"] != before)
        {
            errors.Add(FieldError.Invalid(at.Child("clusterIPs").Index(0), (string?)spec["clusterIP"] ?? string.Empty, "may not change once set"));
        }
    }

    private static void CheckPort(JsonObject port, bool isOneOfSeveral, FieldPath at, FieldErrorList errors)
    {
        if (isOneOfSeveral && (string?)port["name"] is not { Length: > 0 })
        {
            errors.Add(FieldError.Required(at.Child("name")));
        }

        foreach (string field in new[] { "port", "targetPort" })
        {
            if (port[field] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && Number(value) is < 1 or > 65_535)
            {
                errors.Add(FieldError.Invalid(at.Child(field), FieldValue.From(value), "must be between 1 and 65535, inclusive"));
            }
        }
    }

    private void CompleteAddress(JsonObject spec, JsonObject? old, Owner service, ServiceNumbers.Taken taken)
    {
        string address = (string?)spec["clusterIP"] is { Length: > 0 } given ? given : (string?)old?["clusterIP"] ?? string.Empty;
        if (address.Length == 0)
        {
            address = numbers.NextAddress(taken) ?? throw StatusErrors.InternalError("there is no free cluster address left");
        }
        else if (address != Headless && taken.Addresses.GetValueOrDefault(address, service.Uid) is var owner && owner != service.Uid)
        {
            throw Refused(service, FieldPath.Root("spec").Child("clusterIPs"), new JsonArray(address), $"failed to allocate IP {address}: provided IP is already allocated");
        }

        spec["clusterIP"] = address;
        spec["clusterIPs"] = new JsonArray(address);
        Default(spec, "ipFamilies", static () => new JsonArray("IPv4"));
        Default(spec, "ipFamilyPolicy", static () => "SingleStack");
        Default(spec, "internalTrafficPolicy", static () => "Cluster");
    }

    private void CompletePorts(JsonObject spec, JsonObject? old, Owner service, ServiceNumbers.Taken taken)
    {
        bool balanced = (string?)spec["type"] == "LoadBalancer";
        if (!balanced && (string?)spec["type"] != "NodePort")
        {
            Remove(spec, "externalTrafficPolicy", "allocateLoadBalancerNodePorts");
            Ports(spec).ForEach(static port => port.Remove("nodePort"));
            return;
        }

        Default(spec, "externalTrafficPolicy", static () => "Cluster");
        if (balanced)
        {
            Default(spec, "allocateLoadBalancerNodePorts", static () => true);
        }

        foreach (var (index, port) in Ports(spec).Index())
        {
            var at = FieldPath.Root("spec").Child("ports").Index(index).Child("nodePort");
            int number = Number(port["nodePort"]);
            number = number > 0 ? number : Number(Ports(old).FirstOrDefault(before => Key(before) == Key(port))?["nodePort"]);
            if (number == 0)
            {
                number = numbers.NextPort(taken) ?? throw StatusErrors.InternalError("there is no free node port left");
            }
            else if (number is < ServiceNumbers.FirstPort or > ServiceNumbers.LastPort)
            {
                throw Refused(service, at, number, $"provided port is not in the valid range. The range of valid ports is {ServiceNumbers.FirstPort}-{ServiceNumbers.LastPort}");
            }
            else if (taken.Ports.GetValueOrDefault(number, service.Uid) is var owner && owner != service.Uid)
            {
                throw Refused(service, at, number, "provided port is already allocated");
            }

            port["nodePort"] = number;
        }
    }

    private static StatusException Refused(Owner service, FieldPath at, JsonNode value, string why) =>
        StatusErrors.Invalid(new("", "Service"), service.Name, [FieldError.Invalid(at, FieldValue.From(value), why).ToCause()]);

    private static (int Port, string Protocol) Key(JsonObject port) => (Number(port["port"]), (string?)port["protocol"] ?? "TCP");

    private static int Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : 0;

    private static List<JsonObject> Ports(JsonObject? spec) => [.. (spec?["ports"] as JsonArray ?? []).OfType<JsonObject>()];

    private static void Remove(JsonObject map, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            map.Remove(name);
        }
    }

    private readonly record struct Owner(string Name, string Uid);
}
