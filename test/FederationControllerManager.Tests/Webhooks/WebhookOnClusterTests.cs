using System.Net;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Options;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationControllerManager.Webhooks;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Webhooks;

/// <summary>The webhook on a real API server, from its first certificate to the refusals that a user of kubectl sees.</summary>
[TestFixture]
public sealed class WebhookOnClusterTests
{
    private const string Namespace = FederationNames.DefaultNamespace;
    private const string Configuration = "validations.core.kubefed.io";

    private static readonly GroupVersionResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");
    private static readonly GroupVersionResource Configurations = new("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations");
    private static readonly GroupVersionResource FederatedConfigMaps = new("types.kubefed.io", "v1beta1", "federatedconfigmaps");
    private static readonly WriteOptions DryRun = new() { DryRun = true };

    private static readonly FederationTarget ConfigMaps = new()
    {
        Resource = new ApiResource { Version = "v1", Kind = "ConfigMap", PluralName = "configmaps", Scope = ResourceScopes.Namespaced },
    };

    private readonly HealthChecks _health = new();
    private KubeTransport _transport = null!;
    private DynamicClient _client = null!;
    private ValidatingWebhook _webhook = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var clusters = await ClusterPool.GetAsync(new ClusterSetOptions { Members = 0 });
        _transport = KubeTransport.Create(
            KubeConfigLoader.Load(new KubeConfigOptions { Path = clusters.Host.KubeconfigPath }), TimeProvider.System, NullLoggerFactory.Instance);
        _client = new DynamicClient(_transport);
        foreach (var definition in CrdCatalog.Load(new Version(1, 20)).Append(FederatedTypeFactory.CreateDefinition(ConfigMaps)))
        {
            await _client.CreateAsync(Definitions, definition);
        }

        await _client.CreateAsync(new GroupVersionResource("", "v1", "namespaces"), Object("v1", "Namespace", Namespace, null));
        _webhook = (await ValidatingWebhook.StartAsync(
            new WebhookOptions { Address = new ListenAddress(IPAddress.Loopback, 0), Configuration = Configuration },
            _client,
            Namespace,
            _health,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            CancellationToken.None))!;
        await _client.CreateAsync(Configurations, ConfigurationFor(_webhook.Port));
        await Eventually.True(
            async () => await WhyNotReadyAsync() is null && await IsPublishedAsync(),
            "the authority is published",
            TimeSpan.FromSeconds(60));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_webhook is not null)
        {
            await _webhook.DisposeAsync();
        }

        await _transport.DisposeAsync();
    }

    [Test]
    public async Task FederatedTypeConfig_NameOfAnotherType_IsRefusedAsTheApiServerWould()
    {
        var config = FederatedTypeFactory.CreateTypeConfig(ConfigMaps, Namespace);
        var named = config with { Metadata = config.Metadata with { Name = "secrets" } };

        var refusal = await RefusedAsync(() => _client.CreateAsync(
            FederationResources.FederatedTypeConfigs, KubeObject.From(named, FederationJsonContext.Default.FederatedTypeConfig)));

        Assert.That(refusal.Message, Does.StartWith("admission webhook \"federatedtypeconfigs.core.kubefed.io\" denied the request").And.Contain("configmaps"));
        Assert.That(refusal.IsInvalid, Is.True, refusal.Message);
    }

    [Test]
    public async Task KubeFedCluster_Good_IsTaken() => await CreateAsync(FederationResources.KubeFedClusters, Cluster("good"));

    [Test]
    public async Task KubeFedConfig_ScopeChanged_IsRefused()
    {
        await CreateAsync(FederationResources.KubeFedConfigs, Object("core.kubefed.io/v1beta1", "KubeFedConfig", "kubefed", """{"scope":"Cluster"}"""));

        var refusal = await RefusedAsync(() => _client.PatchAsync(
            FederationResources.KubeFedConfigs,
            new NamespacedName(Namespace, "kubefed"),
            Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["scope"] = "Namespaced" } })));

        Assert.That(refusal.Message, Does.Contain("field is immutable"));
    }

    [Test]
    public async Task FederatedObject_OverridesThatNeverFit_AreRefusedOnceTheTypeIsEnabled()
    {
        var config = FederatedTypeFactory.CreateTypeConfig(ConfigMaps, Namespace);
        await CreateAsync(FederationResources.FederatedTypeConfigs, KubeObject.From(config, FederationJsonContext.Default.FederatedTypeConfig));
        const string Spec = """{"template":{"data":{}},"overrides":[{"clusterName":"c1","clusterOverrides":[{"op":"add","path":"/data/a/b","value":"1"}]}]}""";
        var bad = Object("types.kubefed.io/v1beta1", "FederatedConfigMap", "bad", Spec);

        StatusException? refusal = null;
        await Eventually.True(
            async () => (refusal = await TryAsync(() => _client.CreateAsync(FederatedConfigMaps, bad, DryRun))) is not null,
            "the webhook knows the type",
            TimeSpan.FromSeconds(60));

        Assert.That(refusal!.Message, Does.Contain("spec.overrides[0].clusterOverrides[0].path"));
    }

    private static KubeObject Cluster(string name) => Object(
        "core.kubefed.io/v1beta1", "KubeFedCluster", name, """{"apiEndpoint":"https://example.com","secretRef":{"name":"c1"}}""");

    private static KubeObject Object(string apiVersion, string kind, string name, string? spec)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (kind != "Namespace")
        {
            metadata["namespace"] = Namespace;
        }

        var value = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
        if (spec is not null)
        {
            value["spec"] = JsonNode.Parse(spec);
        }

        return KubeObject.FromNode(value);
    }

    private static KubeObject ConfigurationFor(int port) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "admissionregistration.k8s.io/v1",
        ["kind"] = "ValidatingWebhookConfiguration",
        ["metadata"] = new JsonObject { ["name"] = Configuration },
        ["webhooks"] = new JsonArray(
            Webhook("kubefedclusters", FederationGroups.Core, port),
            Webhook("kubefedconfigs", FederationGroups.Core, port),
            Webhook("federatedtypeconfigs", FederationGroups.Core, port),
            Webhook("federatedconfigmaps", "types.kubefed.io", port)),
    });

    private static JsonObject Webhook(string plural, string group, int port) => new()
    {
        ["name"] = $"{plural}.{group}",
        ["admissionReviewVersions"] = new JsonArray("v1"),
        ["sideEffects"] = "None",
        ["failurePolicy"] = "Fail",
        ["timeoutSeconds"] = 30,
        ["clientConfig"] = new JsonObject { ["url"] = $"https://127.0.0.1:{port}/validate-{plural}" },
        ["rules"] = new JsonArray(new JsonObject
        {
            ["apiGroups"] = new JsonArray(group),
            ["apiVersions"] = new JsonArray("*"),
            ["operations"] = new JsonArray("CREATE", "UPDATE"),
            ["resources"] = new JsonArray(plural),
        }),
    };

    private static async Task<StatusException> RefusedAsync(Func<Task> write) =>
        await TryAsync(write) ?? throw new AssertionException("it was not refused");

    private static async Task<StatusException?> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return null;
        }
        catch (StatusException e)
        {
            return e;
        }
    }

    /// <summary>Creates an object; the server may not know its type yet.</summary>
    private Task CreateAsync(GroupVersionResource resource, KubeObject value) => Eventually.Passes(
        () => _client.CreateAsync(resource, value), $"{value.Kind} {value.Metadata.Name} is created", TimeSpan.FromSeconds(60));

    private async Task<string?> WhyNotReadyAsync() =>
        await _health.For(HealthProbes.Readyz).Single(static check => check.Name == "webhook").Check(CancellationToken.None);

    private async Task<bool> IsPublishedAsync()
    {
        var stored = await _client.GetAsync(Configurations, NamespacedName.Cluster(Configuration));
        return stored.GetNode("webhooks")!.AsArray().All(static webhook => (string?)webhook!["clientConfig"]!["caBundle"] is { Length: > 0 });
    }
}
