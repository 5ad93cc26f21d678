using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;
using KubeFed.TestSupport.Time;

namespace KubeFed.Kubefedctl.Tests.Fakes;

/// <summary>A host and members in memory, and the command line over them.</summary>
internal sealed class FakeFederation : IClusterConnector
{
    public const string Namespace = "kube-federation-system";

    private readonly Dictionary<string, InMemoryApiServer> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClusterEndpoint> _endpoints = new(StringComparer.Ordinal);

    public FakeFederation(string scope = "Cluster")
    {
        Host = Add("host");
        Member = Add("cluster1");
        Host.OnCreate = Establish;
        Mapper.Resources.Add(FakeRestMapper.Namespaced("core.kubefed.io", "v1beta1", "federatedtypeconfigs", "FederatedTypeConfig"));
        Host.Put(KubeResources.Namespaces, $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{Namespace}}"} }""");
        Host.Put(
            KubeResources.KubeFedConfigs,
            $$"""{"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedConfig","metadata":{"name":"kubefed","namespace":"{{Namespace}}"},"spec":{"scope":"{{scope}}"} }""");
        Host.Put(
            KubeResources.CustomResourceDefinitions,
            """{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"kubefedclusters.core.kubefed.io"} }""");
    }

    public InMemoryApiServer Host { get; }

    public InMemoryApiServer Member { get; }

    public FakeRestMapper Mapper { get; } = new();

    public FakeDiscovery Discovery => new(Mapper);

    public FakeOpenApi OpenApi { get; } = new();

    public FakeTimeProvider Clock { get; } = new();

    /// <summary>The tokens that were tried, with the endpoint each was tried at.</summary>
    public List<(ClusterEndpoint Endpoint, string Token)> Trials { get; } = [];

    /// <summary>What a server answers to a token that is tried.</summary>
    public Func<int> TrialAnswer { get; set; } = static () => 200;

    /// <summary>What standard input holds.</summary>
    public string In { get; set; } = "";

    /// <summary>What Ctrl-C cancels.</summary>
    public CancellationTokenSource Interrupt { get; } = new();

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public InMemoryApiServer Add(string context, InMemoryApiServer? server = null, ClusterEndpoint? endpoint = null)
    {
        _servers[context] = server ?? new InMemoryApiServer();
        _endpoints[context] = endpoint ?? new ClusterEndpoint { Server = $"https://{context}.example.com:6443", CaBundle = "PEM"u8.ToArray() };
        return _servers[context];
    }

    public void SetEndpoint(string context, ClusterEndpoint endpoint) => _endpoints[context] = endpoint;

    public ClusterConnection Connect(string kubeconfig, string context, ClusterRole role)
    {
        var name = context.Length == 0 ? "host" : context;
        return _servers.TryGetValue(name, out var server)
            ? new ClusterConnection
            {
                Role = role,
                Context = name,
                Endpoint = _endpoints[name],
                Client = server,
                Mapper = Mapper,
                Discovery = Discovery,
                OpenApi = OpenApi,
            }
            : throw new UserException($"context \"{name}\" does not exist in the kubeconfig");
    }

    public TokenClient ConnectWithToken(ClusterEndpoint endpoint, string token)
    {
        Trials.Add((endpoint, token));
        return new TokenClient(new InMemoryApiServer { Paths = _ => (TrialAnswer(), "") });
    }

    /// <summary>Puts an API server behind the host's that serves a group version: the types of the FederatedTypeConfigs.</summary>
    public void Aggregate(string group, string version = "v1beta1")
    {
        Host.Put(
            KubeResources.ApiServices,
            $$$"""{"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService","metadata":{"name":"{{{version}}}.{{{group}}}"},"spec":{"group":"{{{group}}}","version":"{{{version}}}","service":{"namespace":"{{{Namespace}}}","name":"kubefed-apiserver","port":443} } }""");
        var inner = Host.Paths;
        Host.Paths = path => path == $"/apis/{group}/{version}" ? (200, ResourceList($"{group}/{version}").ToJsonString()) : inner(path);
    }

    /// <summary>Does a server's part for a new CustomResourceDefinition.</summary>
    public static KubeObject Establish(KubeObject value)
    {
        if (value.Kind != "CustomResourceDefinition")
        {
            return value;
        }

        var node = value.ToNode();
        node["status"] = JsonNode.Parse("""{"conditions":[{"type":"Established","status":"True"}]}""");
        return KubeObject.FromNode(node);
    }

    private JsonObject ResourceList(string groupVersion)
    {
        var resources = Host.All(KubeResources.FederatedTypeConfigs)
            .Select(static c => c.GetNode("spec", "federatedType")!)
            .Where(t => $"{(string)t["group"]!}/{(string)t["version"]!}" == groupVersion)
            .Select(static t => (JsonNode)new JsonObject { ["name"] = (string)t["pluralName"]! });
        return new JsonObject { ["kind"] = "APIResourceList", ["groupVersion"] = groupVersion, ["resources"] = new JsonArray([.. resources]) };
    }

    /// <summary>Runs a command line to its end, moving the clock over every wait.</summary>
    public async Task<int> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var environment = new CliEnvironment { In = new StringReader(In), Out = output, Error = error, Connector = this, Time = Clock };
        var run = KubefedctlProgram.RunAsync(arguments, environment, Interrupt.Token);
        while (!run.IsCompleted)
        {
            await Task.Yield();
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var code = await run;
        Out = output.ToString();
        Error = error.ToString();
        return code;
    }
}
