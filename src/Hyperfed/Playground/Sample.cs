using System.Reflection;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Hyperfed.Playground;

/// <summary>The application that the playground federates: manifests as a person would write them.</summary>
internal static class Sample
{
    public const string Namespace = "shop";

    private const string Folder = "playground/sample/";
    private static readonly ApplyOptions Options = new() { FieldManager = "playground", Force = true };

    /// <summary>Applies the manifests, file by file in the order of their names.</summary>
    public static async Task ApplyAsync(IDynamicClient host, CancellationToken cancellationToken)
    {
        foreach (var manifest in Read())
        {
            var item = KubeObject.FromNode(manifest);
            await host.ApplyAsync(ResourceOf(item), item.Key, item.Utf8Json, Options, cancellationToken);
        }
    }

    private static IEnumerable<JsonObject> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            foreach (var document in KubeYaml.ReadDocuments(bytes.ToArray()))
            {
                yield return document.AsObject();
            }
        }
    }

    // The manifests are ours, and all their kinds have the regular plural.
    private static GroupVersionResource ResourceOf(KubeObject item)
    {
        var version = GroupVersion.Parse(item.ApiVersion);
        return new GroupVersionResource(version.Group, version.Version, $"{item.Kind.ToLowerInvariant()}s");
    }
}
