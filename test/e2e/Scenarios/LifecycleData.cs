using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.e2e.Json;
using KubeFed.TestSupport.IO;

namespace KubeFed.e2e.Scenarios;

/// <summary>A template of a type and the values that the scenario replaces in the first cluster.</summary>
internal sealed record LifecycleData(JsonObject Template, IReadOnlyList<PathValue> Overrides)
{
    /// <summary>Reads <c>testdata/TYPE.yaml</c>.</summary>
    public static LifecycleData Load(string type) => Parse(File.ReadAllText(Repository.Combine($"test/e2e/testdata/{type}.yaml")));

    /// <summary>Reads a document with the members <c>template</c> and <c>overrides</c>, a list of <c>path</c> and <c>value</c>.</summary>
    public static LifecycleData Parse(string yaml)
    {
        var document = KubeYaml.ToJson(yaml)!;
        return new LifecycleData(
            document["template"]!.DeepClone().AsObject(),
            [.. document["overrides"]!.AsArray().Select(o => new PathValue((string)o!["path"]!, o["value"]!))]);
    }
}
