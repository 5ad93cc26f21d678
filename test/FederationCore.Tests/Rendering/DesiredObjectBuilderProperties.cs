using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationCore.Placements;
using KubeFed.FederationCore.Rendering;
using KubeFed.FederationCore.Versions;

namespace KubeFed.FederationCore.Tests.Rendering;

public sealed class DesiredObjectBuilderProperties
{
    private static readonly string[] Paths =
        ["", "/", "/spec", "/spec/replicas", "/metadata", "/metadata/labels", "/metadata/labels/a~1b", "/kind", "/apiVersion", "/spec/-", "/spec/-1", "x", "/status", "/~2"];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Build_AnySpec_GivesAnObjectOrAReason(int seed)
    {
        var source = Federated.Of(Spec(new Random(seed)).ToJsonString());
        var builder = new DesiredObjectBuilder(source, Federated.Deployment);
        foreach (var cluster in (string[])["c1", "c2"])
        {
            var result = builder.Build(cluster);
            if (!result.IsOk)
            {
                Assert.That(result.Error, Is.Not.Empty);
                continue;
            }

            var parsed = KubeObject.Parse(result.Object.Utf8Json);
            Assert.Multiple(() =>
            {
                Assert.That(parsed.Key, Is.EqualTo(source.Source.Key));
                Assert.That(parsed.Kind, Is.EqualTo("Deployment"));
                Assert.That(parsed.Metadata.Labels["kubefed.io/managed"], Is.EqualTo("true"));
                Assert.That(parsed.TryGetRaw(out _, "status"), Is.False);
                Assert.That(CanonicalJson.Write(CanonicalJson.Parse(result.Object.Utf8Json)!), Is.EqualTo(result.Object.Utf8Json.ToArray()));
            });
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void Read_AnySpec_NeverThrows(int seed)
    {
        var random = new Random(seed);
        var source = Federated.Of((random.Next(4) == 0 ? RandomJson.Make(random, 4) : Spec(random))?.ToJsonString() ?? "null");
        var decision = PlacementResolver.Resolve(source, Federated.Clusters, new PlacementOptions(true, false));
        Assert.That(decision.IsFailed, Is.EqualTo(decision.Error is not null));
        Assert.That(SourceVersions.OfTemplate(source) + SourceVersions.OfOverrides(source), Does.Match("^([0-9a-f]{32}){0,2}$"));
        Assert.That(source.ReadStatus(), Is.Not.Null);
    }

    private static JsonObject Spec(Random random) => new()
    {
        ["template"] = random.Next(8) == 0 ? RandomJson.Make(random, 3) : RandomJson.Object(random, 3),
        ["retainReplicas"] = random.Next(3) == 0 ? RandomJson.Make(random, 1) : true,
        ["placement"] = RandomJson.Make(random, 4),
        ["overrides"] = random.Next(8) == 0 ? RandomJson.Make(random, 3) : new JsonArray(Entry(random, "c1"), Entry(random, "c2")),
    };

    private static JsonObject Entry(Random random, string cluster) => new()
    {
        ["clusterName"] = cluster,
        ["clusterOverrides"] = random.Next(8) == 0
            ? RandomJson.Make(random, 3)
            : new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Operation(random))]),
    };

    private static JsonNode? Operation(Random random) => random.Next(10) == 0 ? RandomJson.Make(random, 2) : new JsonObject
    {
        ["op"] = new[] { "add", "remove", "replace", "", "move", null }[random.Next(6)],
        ["path"] = Paths[random.Next(Paths.Length)],
        ["value"] = RandomJson.Make(random, 2),
    };
}
