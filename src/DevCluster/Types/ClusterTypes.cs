using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Patching;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Standalone;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.DevClusters.Columns;
using KubeFed.DevClusters.Controllers.Pods;

namespace KubeFed.DevClusters.Types;

/// <summary>
/// The types of a cluster beyond those of every server by itself, from the files of <c>Types</c>: definitions.json has the schemas, made by
/// <c>eng/types</c>; overlay.yaml what is laid over them; the other files the types. Read once for all clusters of a process.
/// </summary>
internal static class ClusterTypes
{
    private const string Folder = "devcluster/types/";
    private const string Overlay = Folder + "overlay.yaml";

    /// <summary>The types.</summary>
    public static IReadOnlyList<ResourceType> All { get; } = Load();

    /// <summary>The type of a group and plural.</summary>
    public static ResourceType Get(string group, string plural) => All.First(type => type.Group == group && type.Plural == plural);

    private static List<ResourceType> Load()
    {
        var assembly = typeof(ClusterTypes).Assembly;
        using var stream = assembly.GetManifestResourceStream(Folder + "definitions.json")!;
        var schemas = JsonNode.Parse(stream)!.AsObject();
        foreach (var (name, patch) in EmbeddedYaml.Read(assembly, Overlay).Single().ToList())
        {
            schemas[name] = JsonMergePatch.Apply(schemas[name]?.DeepClone(), patch);
        }

        var definitions = new SchemaDefinitions(schemas);
        return [.. EmbeddedYaml.Read(assembly, Folder)
            .Where(static document => document["spec"] is not null)
            .Select(document => Completed(BuiltinTypeReader.Read(document, ClusterColumns.Find, definitions)))];
    }

    // What files cannot say.
    private static ResourceType Completed(ResourceType type) => type switch
    {
        { Group: "", Plural: "pods" } => type with { GracePeriod = PodGrace.Of },
        { Plural: "horizontalpodautoscalers" } => type with
        {
            Versions = [.. type.Versions.Select(static version => version.Name == "v1" ? version with { Conversion = AutoscalerConversion.Instance } : version)],
        },
        _ => type,
    };
}
