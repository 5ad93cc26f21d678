using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;

namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>Which fields of an object have an owner besides the scheduler, by its managed fields.</summary>
internal sealed class OthersFields
{
    private readonly JsonNode[] _sets;

    private OthersFields(JsonNode[] sets) => _sets = sets;

    /// <summary>Reads them.</summary>
    public static OthersFields Of(KubeObject value)
    {
        var entries = value.GetNode("metadata", "managedFields") as JsonArray ?? [];
        return new OthersFields([.. entries
            .Where(static e => (string?)e?["manager"] != FederationNames.ReplicaScheduler && (string?)e?["subresource"] is null or "")
            .Select(static e => e!["fieldsV1"])
            .OfType<JsonNode>()]);
    }

    /// <summary>The key of a list's item, as managed fields have it.</summary>
    public static string Item(string member, string value) => "k:" + new JsonObject { [member] = value }.ToJsonString();

    /// <summary>Whether anybody owns what is at a path, or something below it.</summary>
    public bool Own(params string[] path) => _sets.Any(set => Find(set, path) is not null);

    private static JsonNode? Find(JsonNode set, string[] path)
    {
        JsonNode? at = set;
        foreach (var step in path)
        {
            at = (at as JsonObject)?[step];
        }

        return at;
    }
}
