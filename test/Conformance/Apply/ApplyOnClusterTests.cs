using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.Conformance.Clients;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Apply;

/// <summary>
/// Random writes by three managers, played on a real API server and on the model: objects, owners and conflicts must be the same.
/// Left out of the comparison, since Kubernetes 1.20 is older than the rules: times; the order of sets and of lists with keys (a
/// configuration's order counts in newer versions); empty maps in what is applied (nobody's, then); maps within maps of unknown fields
/// (atomic, then); int-or-string fields (they made the whole resource untyped); and applies that leave a container without content, which
/// became null and was refused.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class ApplyOnClusterTests
{
    private static readonly string[] Managers = ["alpha", "beta", "gamma"];
    private ClusterClient _connection = null!;
    private IDynamicClient _client = null!;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        _connection = new ClusterClient((await ClusterPool.GetAsync(new ClusterSetOptions { Members = 0 })).Host);
        _client = _connection.Connect();
        await ApplyCluster.InstallAsync(_client);
    }

    [OneTimeTearDown]
    public async Task DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    [Test]
    public async Task Writes_Random_LeaveWhatTheModelSays([Range(1, 25)] int seed)
    {
        var random = new Random(seed);
        var specs = new GadgetSpecs(random);
        var model = new ModelObject();
        var name = new NamespacedName("default", $"g{seed}");
        var history = new List<string>();
        for (var step = 0; step < 16; step++)
        {
            var manager = Managers[random.Next(Managers.Length)];
            var body = Gadget(name, specs.Spec(full: true), specs.Labels());
            var said = random.Next(10) switch
            {
                < 6 => await ApplyAsync(model, name, manager, body, random.Next(2) == 0, history),
                < 8 => await PutAsync(model, name, manager, body, history),
                _ => await PatchAsync(model, name, manager, specs.Patch(), history),
            };
            if (said is { } disagreement)
            {
                Assert.Fail($"{disagreement}\nafter\n{string.Join('\n', history)}");
            }
        }
    }

    private static JsonObject Gadget(NamespacedName name, JsonObject spec, JsonObject? labels)
    {
        var metadata = new JsonObject { ["name"] = name.Name, ["namespace"] = name.Namespace };
        if (labels is not null)
        {
            metadata["labels"] = labels;
        }

        return new JsonObject { ["apiVersion"] = ApplyCluster.Version, ["kind"] = "Gadget", ["metadata"] = metadata, ["spec"] = spec };
    }

    private async Task<string?> ApplyAsync(ModelObject model, NamespacedName name, string manager, JsonObject config, bool force, List<string> history)
    {
        history.Add($"apply {manager} force={force} {config["metadata"]!["labels"]?.ToJsonString()} {config["spec"]!.ToJsonString()}");
        var expected = model.Apply(manager, config, force);
        KubeObject? applied = null;
        StatusException? refused = null;
        try
        {
            applied = await _client.ApplyAsync(ApplyCluster.Resource, name, System.Text.Encoding.UTF8.GetBytes(config.ToJsonString()), new ApplyOptions { FieldManager = manager, Force = force });
        }
        catch (StatusException e)
        {
            refused = e;
        }

        if (expected is null && refused is { IsInvalid: true } && refused.Message.Contains("Invalid value: \"null\"", StringComparison.Ordinal))
        {
            history.Add("refused: the server emptied a container and made it null");
            model.Undo();
            return null;
        }

        if (expected is null != refused is null)
        {
            return $"server: {refused?.Message ?? "applied"}\nmodel: {expected?.Message ?? "applied"}";
        }

        return refused is null ? Compare(applied!, model) : CompareConflicts(refused, expected!);
    }

    private async Task<string?> PutAsync(ModelObject model, NamespacedName name, string manager, JsonObject body, List<string> history)
    {
        history.Add($"put {manager} {body["metadata"]!["labels"]?.ToJsonString()} {body["spec"]!.ToJsonString()}");
        var isNew = model.Object is null;
        model.Put(manager, body);
        var options = new WriteOptions { FieldManager = manager };
        if (isNew)
        {
            return Compare(await _client.CreateAsync(ApplyCluster.Resource, KubeObject.FromNode(body), options), model);
        }

        body["metadata"]!["resourceVersion"] = (await _client.GetAsync(ApplyCluster.Resource, name)).Metadata.ResourceVersion;
        return Compare(await _client.UpdateAsync(ApplyCluster.Resource, KubeObject.FromNode(body), options), model);
    }

    private async Task<string?> PatchAsync(ModelObject model, NamespacedName name, string manager, JsonObject spec, List<string> history)
    {
        if (model.Object is null)
        {
            return null;
        }

        history.Add($"patch {manager} {spec.ToJsonString()}");
        var patch = new JsonObject { ["spec"] = spec };
        model.Patch(manager, patch);
        return Compare(await _client.PatchAsync(ApplyCluster.Resource, name, Patch.Merge(patch), new WriteOptions { FieldManager = manager }), model);
    }

    private static string? Compare(KubeObject stored, ModelObject model)
    {
        var server = ModelObject.Essence(stored.ToNode());
        var expected = ModelObject.Essence(model.Object!);
        return server == expected ? null : $"server:\n{server}\nmodel:\n{expected}";
    }

    // Of sibling fields in conflict, 1.20 names the last over and over.
    private static string? CompareConflicts(StatusException server, StatusException model)
    {
        var said = Causes(server);
        var expected = Causes(model);
        return said.Count == expected.Count && said.All(expected.Contains) ? null : $"server: {server.Message}\nmodel: {model.Message}";
    }

    private static List<string> Causes(StatusException e) => [.. (e.Status.Details?.Causes ?? []).Select(c => $"{c.Message} {c.Field}")];
}
