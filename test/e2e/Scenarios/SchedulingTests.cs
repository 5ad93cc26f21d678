using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.e2e.Federations;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.e2e.Scenarios;

/// <summary>How the replicas of an object are shared among the clusters.</summary>
public sealed class SchedulingTests(string installation) : SharedFederationTest(installation)
{
    private static readonly GroupVersionResource ReplicaSets = new("apps", "v1", "replicasets");

    [Test]
    public async Task Deployments_ThreeClusters_FollowWeightsAndLimits()
    {
        var type = await Federation.GetTypeAsync("deployments.apps");
        var key = new NamespacedName(await Federation.CreateNamespaceAsync("weights"), Names.Unique("web"));
        await CreateTargetAsync(type, key, Spec(type));

        await PreferAsync(type, key, """{"totalReplicas":15}""");
        await HaveAsync(type, key, 5, 5, 5);
        await IsScheduledAsync(key, SchedulingReasons.AllScheduled);
        await HaveReplicaSetsAsync(key, 5, 5, 5);

        await PreferAsync(type, key, """{"totalReplicas":15,"rebalance":true,"clusters":{"cluster1":{"weight":2},"cluster2":{"weight":3}}}""");
        await HaveAsync(type, key, 6, 9, 0);
        await PreferAsync(type, key, """
            {"totalReplicas":15,"rebalance":true,"clusters":{"cluster1":{"weight":2,"minReplicas":4,"maxReplicas":5},"cluster2":{"weight":3,"minReplicas":4,"maxReplicas":12}}}
            """);
        await HaveAsync(type, key, 5, 10, 0);
        await PreferAsync(type, key, """{"totalReplicas":15,"rebalance":true,"clusters":{"*":{"weight":1},"cluster3":{"weight":1,"maxReplicas":1}}}""");
        await HaveAsync(type, key, 7, 7, 1);
        await PreferAsync(type, key, """{"totalReplicas":20,"clusters":{"*":{"weight":1,"maxReplicas":6}}}""");
        await HaveAsync(type, key, 6, 6, 6);
        await IsScheduledAsync(key, SchedulingReasons.MaxReplicasReached, ConditionStatus.False);
    }

    [Test]
    public async Task ReplicaSets_NamespaceInTwoClusters_AreSharedBetweenThese()
    {
        var type = await Federation.GetTypeAsync("replicasets.apps");
        var name = Names.Unique("two");
        await Federation.Host.CreateAsync(WellKnown.Namespaces, Manifests.Namespace(name));
        await Federation.FederateNamespaceAsync(name, [.. Federation.ClusterNames.Take(2)]);
        var key = new NamespacedName(name, Names.Unique("web"));
        var label = Names.Unique("chosen");
        var spec = Spec(type);
        spec["placement"] = new JsonObject { ["clusterSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [label] = "yes" } } };
        await LabelAsync("cluster1", label, "yes");
        await CreateTargetAsync(type, key, spec);

        await PreferAsync(type, key, """{"totalReplicas":4}""");
        await HaveAsync(type, key, 2, 2);
        await PreferAsync(type, key, """{"totalReplicas":6,"rebalance":true,"clusters":{"cluster1":{"weight":2},"cluster2":{"weight":1}}}""");
        await HaveAsync(type, key, 4, 2);
        const string Minima = """{"totalReplicas":6,"rebalance":true,"clusters":{"cluster1":{"weight":2,"minReplicas":3},"cluster2":{"weight":1,"minReplicas":3}}}""";
        await PreferAsync(type, key, Minima);
        await HaveAsync(type, key, 3, 3);
        await PreferAsync(type, key, Minima[..^1] + ""","intersectWithClusterSelector":true}""");
        await HaveAsync(type, key, 6);
        var target = await Federation.Host.GetAsync(type.FederatedResource, key);
        Assert.That(target.GetNode("spec", "placement", "clusters")!.ToJsonString(), Is.EqualTo("""[{"name":"cluster1"}]"""));
        await LabelAsync("cluster1", label, null);
    }

    [Test]
    public async Task Preference_Deleted_GivesBackWhatWasThere()
    {
        var type = await Federation.GetTypeAsync("deployments.apps");
        var key = new NamespacedName(await Federation.CreateNamespaceAsync("back"), Names.Unique("web"));
        var spec = Spec(type);
        spec["placement"] = Manifests.Node("clusterSelector: {}");
        spec["overrides"] = new JsonArray(
            Manifests.Node("clusterName: cluster1\nclusterOverrides: [{path: /spec/paused, value: true}, {path: /spec/replicas, value: 7}]"),
            Manifests.Node("clusterName: cluster2\nclusterOverrides: [{path: /spec/paused, value: true}]"));
        await CreateTargetAsync(type, key, spec);
        var before = await Federation.Host.GetAsync(type.FederatedResource, key);

        await PreferAsync(type, key, """{"totalReplicas":6,"rebalance":true}""");
        await HaveAsync(type, key, 2, 2, 2);
        var cluster2 = await Federation.Clusters[1].Client.GetAsync(type.TargetResource, key);
        Assert.That(cluster2.GetNode("spec", "paused")?.GetValue<bool>(), Is.True, "the user's other override");

        await Federation.Host.DeleteAsync(FederationResources.ReplicaSchedulingPreferences, key);
        var after = await Wait.GetAsync(
            () => Federation.Host.GetAsync(type.FederatedResource, key),
            o => !o.Metadata.Annotations.ContainsKey(FederationAnnotations.ReplicaScheduler)
                && o.ReadManagedFields().All(static f => f.Manager != FederationNames.ReplicaScheduler),
            $"{key} to be given back",
            o => o.ToNode().ToJsonString());
        Assert.That(after.GetNode("spec")!.ToJsonString(), Is.EqualTo(before.GetNode("spec")!.ToJsonString()));
        await HaveAsync(type, key, 7, 1, 1);
    }

    [Test]
    public async Task Preference_WithoutTarget_SaysWhatIsMissing()
    {
        var deployments = await Federation.GetTypeAsync("deployments.apps");
        var key = new NamespacedName(await Federation.CreateNamespaceAsync("missing"), Names.Unique("web"));
        await PreferAsync(deployments, key, """{"totalReplicas":3}""");
        await IsScheduledAsync(key, SchedulingReasons.TargetNotFound, ConditionStatus.False);
        await PreferAsync(deployments, key, """{"totalReplicas":3,"targetKind":"FederatedUnicorn"}""");
        await IsScheduledAsync(key, SchedulingReasons.TargetKindNotFederated, ConditionStatus.False);

        var configMaps = await Federation.GetTypeAsync("configmaps");
        await CreateTargetAsync(configMaps, key, new JsonObject { ["template"] = Manifests.Node("data: {a: b}") });
        await PreferAsync(configMaps, key, """{"totalReplicas":3}""");
        await IsScheduledAsync(key, SchedulingReasons.NoReplicasField, ConditionStatus.False);
    }

    private static JsonObject Spec(FederatedType type)
    {
        var template = LifecycleData.Load(type.Name).Template.DeepClone().AsObject();
        template["spec"]!["replicas"] = 1;
        return new JsonObject { ["template"] = template };
    }

    private Task CreateTargetAsync(FederatedType type, NamespacedName key, JsonObject spec)
    {
        var value = new FederatedSpec { Clusters = [] }.ToObject(type, key).ToNode();
        value["spec"] = spec.DeepClone();
        return Federation.Host.CreateAsync(type.FederatedResource, KubeObject.FromNode(value));
    }

    /// <summary>Makes a preference, or gives it another spec.</summary>
    private Task PreferAsync(FederatedType type, NamespacedName key, string spec)
    {
        var wanted = JsonNode.Parse(spec)!.AsObject();
        wanted.TryAdd("targetKind", type.FederatedKind.Kind);
        var preference = new JsonObject
        {
            ["apiVersion"] = FederationGroups.SchedulingV1Alpha1,
            ["kind"] = FederationKinds.ReplicaSchedulingPreference.Kind,
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
            ["spec"] = wanted,
        };
        return Federation.Host.ApplyAsync(
            FederationResources.ReplicaSchedulingPreferences, key, KubeObject.FromNode(preference).Utf8Json, new ApplyOptions { FieldManager = "user", Force = true });
    }

    /// <summary>Waits until the clusters, in order, are asked for these replicas, and the others hold nothing.</summary>
    private Task HaveAsync(FederatedType type, NamespacedName key, params long[] replicas) => Wait.PassesAsync(
        async () => Assert.That(
            await ReadAsync(type.TargetResource, key, static o => o.GetNode("spec", "replicas")),
            Is.EqualTo(string.Join(' ', replicas.Select(static r => $"{r}").Concat(Enumerable.Repeat("none", Federation.Clusters.Count - replicas.Length)))),
            (await Federation.Host.FindAsync(FederationResources.ReplicaSchedulingPreferences, key))?.GetNode("status")?.ToJsonString() ?? "no preference"),
        $"the replicas of {key}");

    /// <summary>Waits until the clusters' own controllers have made as many pods.</summary>
    private Task HaveReplicaSetsAsync(NamespacedName deployment, params long[] replicas) => Wait.PassesAsync(
        async () =>
        {
            for (var i = 0; i < replicas.Length; i++)
            {
                var sets = await Federation.Clusters[i].Client.ListAsync(ReplicaSets, deployment.Namespace);
                Assert.That(sets.Items.Sum(static s => s.GetNode("status", "replicas")?.GetValue<long>() ?? 0), Is.EqualTo(replicas[i]), Federation.Clusters[i].Name);
            }
        },
        $"the replica sets of {deployment}");

    private async Task<string> ReadAsync(GroupVersionResource resource, NamespacedName key, Func<KubeObject, JsonNode?> read)
    {
        var found = await Task.WhenAll(Federation.Clusters.Select(c => c.Client.FindAsync(resource, key)));
        return string.Join(' ', found.Select(o => o is null ? "none" : $"{read(o)}"));
    }

    private Task IsScheduledAsync(NamespacedName key, string reason, string status = ConditionStatus.True) => Wait.GetAsync(
        () => Federation.Host.GetAsync(FederationResources.ReplicaSchedulingPreferences, key, FederationJsonContext.Default.ReplicaSchedulingPreference),
        p => p.Status?.FindCondition(SchedulingConditions.Scheduled) is { } condition && condition.Reason == reason && condition.Status == status
            && p.Status.ObservedGeneration == p.Metadata.Generation,
        $"the preference {key} to say {reason}",
        static p => string.Join("; ", p.Status?.Conditions.Select(static c => $"{c}") ?? []));

    private Task LabelAsync(string cluster, string label, string? value) => Federation.Host.PatchAsync(
        FederationResources.KubeFedClusters,
        new NamespacedName(Federation.Namespace, cluster),
        Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [label] = value } } }));
}
