using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using static KubeFed.DevClusters.Columns.Cells;
using static KubeFed.DevClusters.Columns.ClusterColumns;

namespace KubeFed.DevClusters.Columns;

/// <summary>The cells of services, endpoints, ingresses and network policies.</summary>
internal static class NetworkColumns
{
    private const int MostEndpoints = 3;

    public static KeyValuePair<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>>[] All =>
    [
        Of("services", "Cluster-IP", static (o, _) => Text(o, None, "spec", "clusterIP")),
        Of("services", "External-IP", static (o, _) => External(o)),
        Of("services", "Port(s)", static (o, _) => Ports(o)),
        Of("services", "Selector", static (o, _) => Labels(o.GetNode("spec", "selector"))),
        Of("endpoints", "Endpoints", static (o, _) => Endpoints(o)),
        Of("endpointslices", "Ports", static (o, _) => First(Items(o.GetNode("ports")).Select(static port => Value(port["port"])), Unset)),
        Of("endpointslices", "Endpoints", static (o, _) =>
            First(Items(o.GetNode("endpoints")).SelectMany(static endpoint => endpoint["addresses"] as JsonArray ?? []).Select(static address => (string?)address), Unset)),
        Of("ingresses", "Class", static (o, _) => Text(o, o.Metadata.Annotations.GetValueOrDefault("kubernetes.io/ingress.class") ?? None, "spec", "ingressClassName")),
        Of("ingresses", "Hosts", static (o, _) => First(Items(o.GetNode("spec", "rules")).Select(static rule => (string?)rule["host"] is { Length: > 0 } host ? host : "*"), "*")),
        Of("ingresses", "Address", static (o, _) => Ingress(o)),
        Of("ingresses", "Ports", static (o, _) => Items(o.GetNode("spec", "tls")).Count > 0 ? "80, 443" : "80"),
        Of("ingressclasses", "Parameters", static (o, _) => o.GetNode("spec", "parameters") is JsonObject parameters
            ? $"{(string?)parameters["kind"]}{((string?)parameters["apiGroup"] is { Length: > 0 } group ? "." + group : string.Empty)}/{(string?)parameters["name"]}"
            : None),
        Of("networkpolicies", "Pod-Selector", static (o, _) => Selector(o.GetNode("spec", "podSelector"))),
    ];

    private static string External(KubeObject service)
    {
        var given = (service.GetNode("spec", "externalIPs") as JsonArray ?? []).Select(static ip => (string?)ip).ToList();
        switch (service.GetString("spec", "type"))
        {
            case "ExternalName":
                return Text(service, None, "spec", "externalName");
            case "LoadBalancer":
                string addresses = Ingress(service);
                return Join("<pending>", addresses.Length > 0 ? given.Prepend(addresses) : given);
            default:
                return Join(None, given);
        }
    }

    private static string Ports(KubeObject service) => Join(None, Items(service.GetNode("spec", "ports")).Select(static port =>
        Number(port["nodePort"]) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Number(port["port"])}:{Number(port["nodePort"])}/{(string?)port["protocol"]}")
            : string.Create(CultureInfo.InvariantCulture, $"{Number(port["port"])}/{(string?)port["protocol"]}")));

    private static string Endpoints(KubeObject endpoints) => First(
        from subset in Items(endpoints.GetNode("subsets"))
        from port in Items(subset["ports"]).Select(static port => $":{Value(port["port"])}").DefaultIfEmpty(string.Empty)
        from address in Items(subset["addresses"])
        select (string?)address["ip"] + port,
        None);

    private static string First(IEnumerable<string?> texts, string otherwise)
    {
        var all = texts.ToList();
        string more = all.Count > MostEndpoints ? string.Create(CultureInfo.InvariantCulture, $" + {all.Count - MostEndpoints} more...") : string.Empty;
        return Join(otherwise, all.Take(MostEndpoints)) + more;
    }

    private static string Value(JsonNode? node) => node?.ToString() ?? string.Empty;
}
