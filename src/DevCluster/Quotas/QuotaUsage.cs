using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.DevClusters.Quotas;

/// <summary>What objects use up of quotas, by the names that quotas have for it.</summary>
internal static class QuotaUsage
{
    private static readonly Quantity One = Quantity.FromUnits(1);
    private static readonly GroupResource Pods = new(string.Empty, "pods");
    private static readonly string[] Counted = ["configmaps", "secrets", "replicationcontrollers", "resourcequotas", "persistentvolumeclaims", "services", "pods"];

    /// <summary>What one object uses.</summary>
    public static Dictionary<string, Quantity> Of(GroupResource resource, JsonObject item)
    {
        var usage = new Dictionary<string, Quantity>(StringComparer.Ordinal) { [CountOf(resource)] = One };
        if (resource.Group.Length > 0)
        {
            return usage;
        }

        switch (resource.Resource)
        {
            case "pods":
                AddPod(usage, item);
                break;
            case "services":
                AddService(usage, item);
                break;
            case "persistentvolumeclaims":
                usage["persistentvolumeclaims"] = One;
                Add(usage, "requests.storage", item["spec"]?["resources"]?["requests"]?["storage"]);
                break;
            case var plural when Counted.Contains(plural, StringComparer.Ordinal):
                usage[plural] = One;
                break;
        }

        return usage;
    }

    /// <summary>Of which resource a quota's name counts the objects.</summary>
    public static GroupResource ResourceOf(string name)
    {
        if (name.StartsWith("count/", StringComparison.Ordinal))
        {
            string[] parts = name["count/".Length..].Split('.', 2);
            return new GroupResource(parts.Length > 1 ? parts[1] : string.Empty, parts[0]);
        }

        return name switch
        {
            "requests.storage" => new GroupResource(string.Empty, "persistentvolumeclaims"),
            "services" or "services.nodeports" or "services.loadbalancers" => new GroupResource(string.Empty, "services"),
            _ when Counted.Contains(name, StringComparer.Ordinal) => new GroupResource(string.Empty, name),
            _ => Pods,
        };
    }

    /// <summary>Adds one usage to another.</summary>
    public static void Add(Dictionary<string, Quantity> sum, IEnumerable<KeyValuePair<string, Quantity>> usage)
    {
        foreach (var (name, amount) in usage)
        {
            sum[name] = sum.GetValueOrDefault(name) + amount;
        }
    }

    /// <summary>The containers that say nothing of a resource of which a quota must know, by the resource.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Containers)> Unsaid(JsonObject pod, IEnumerable<string> names) =>
        from name in names
        let place = name switch
        {
            "cpu" or "requests.cpu" => ("requests", "cpu"),
            "memory" or "requests.memory" => ("requests", "memory"),
            "limits.cpu" => ("limits", "cpu"),
            "limits.memory" => ("limits", "memory"),
            _ => default((string Member, string Resource)?),
        }
        where place is not null
        let containers = Containers(pod, "containers")
            .Where(container => container["resources"]?[place.Value.Member]?[place.Value.Resource] is null)
            .Select(static container => (string?)container["name"] ?? string.Empty)
            .ToList()
        where containers.Count > 0
        orderby name
        select (name, (IReadOnlyList<string>)containers);

    private static string CountOf(GroupResource resource) =>
        resource.Group.Length == 0 ? $"count/{resource.Resource}" : $"count/{resource.Resource}.{resource.Group}";

    private static void AddPod(Dictionary<string, Quantity> usage, JsonObject pod)
    {
        if ((string?)pod["status"]?["phase"] is "Succeeded" or "Failed")
        {
            return;
        }

        usage["pods"] = One;
        foreach (var (resource, amount) in Total(pod, "requests"))
        {
            usage[$"requests.{resource}"] = amount;
            if (resource is "cpu" or "memory" or "ephemeral-storage")
            {
                usage[resource] = amount;
            }
        }

        foreach (var (resource, amount) in Total(pod, "limits"))
        {
            usage[$"limits.{resource}"] = amount;
        }
    }

    // The sum of the containers, or the largest of those that come before them.
    private static Dictionary<string, Quantity> Total(JsonObject pod, string member)
    {
        var total = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var container in Containers(pod, "containers"))
        {
            Add(total, Read(container["resources"]?[member]));
        }

        foreach (var container in Containers(pod, "initContainers"))
        {
            foreach (var (resource, amount) in Read(container["resources"]?[member]))
            {
                total[resource] = amount > total.GetValueOrDefault(resource) ? amount : total.GetValueOrDefault(resource);
            }
        }

        return total;
    }

    private static void AddService(Dictionary<string, Quantity> usage, JsonObject service)
    {
        usage["services"] = One;
        string? type = (string?)service["spec"]?["type"];
        if (type is "NodePort" or "LoadBalancer")
        {
            usage["services.nodeports"] = Quantity.FromUnits((service["spec"]?["ports"] as JsonArray)?.Count ?? 0);
        }

        if (type == "LoadBalancer")
        {
            usage["services.loadbalancers"] = One;
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject pod, string member) => (pod["spec"]?[member] as JsonArray ?? []).OfType<JsonObject>();

    private static void Add(Dictionary<string, Quantity> usage, string name, JsonNode? amount)
    {
        if (amount is not null && Quantity.TryParse(amount.ToString(), out var quantity, out _))
        {
            usage[name] = quantity;
        }
    }

    /// <summary>The amounts of a map of resources.</summary>
    public static Dictionary<string, Quantity> Read(JsonNode? map)
    {
        var amounts = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (name, amount) in map as JsonObject ?? [])
        {
            Add(amounts, name, amount);
        }

        return amounts;
    }
}
