using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Processes;

namespace KubeFed.HelmSupport;

/// <summary>
/// Stands in for kubelets: runs the replicas of a Deployment as processes of this machine, with the arguments and variables that the cluster
/// has of it, folders for its volumes, and a kubeconfig with a token of its service account and no other right. Each replica has ports of
/// its own in the place of those that its container names.
/// </summary>
internal sealed class DeploymentRunner(TestCluster cluster, IDynamicClient client, string @namespace, ProcessSandbox sandbox)
{
    private static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");
    private static readonly GroupVersionResource ServiceAccounts = new("", "v1", "serviceaccounts");

    private readonly PodVolumes _volumes = new(client, @namespace, sandbox.Folder);
    private int _counter;

    /// <summary>Makes all replicas that a Deployment asks for, not started yet.</summary>
    public async Task<IReadOnlyList<Pod>> PrepareAsync(string name)
    {
        var deployment = await client.GetAsync(Deployments, new NamespacedName(@namespace, name));
        var pods = new List<Pod>();
        for (var i = (int)deployment.GetNode("spec", "replicas")!; i > 0; i--)
        {
            pods.Add(await PrepareAsync($"{name}-{++_counter}", deployment.GetNode("spec", "template", "spec")!));
        }

        return pods;
    }

    private async Task<Pod> PrepareAsync(string pod, JsonNode spec)
    {
        var container = spec["containers"]!.AsArray().Single()!;
        var variables = await PodVariables.ReadAsync(client, @namespace, pod, container);
        var mounts = await MountAsync(pod, spec, container);
        var ports = (container["ports"] as JsonArray ?? []).ToDictionary(static p => (int)p!["containerPort"]!, static _ => PortReservation.Take(new Random()));
        var arguments = container["args"]!.AsArray().Select(a => OfThisMachine(variables.Expand((string)a!), mounts, ports));
        var program = ProgramOf((string)container["image"]!);
        var process = sandbox.Prepare(
            pod,
            ProgramFile.Host,
            [program.Assembly, .. arguments],
            new Dictionary<string, string?>(variables.Values) { ["KUBECONFIG"] = await WriteKubeconfigAsync(pod, (string)spec["serviceAccountName"]!) });
        return new Pod(process, ports, Readiness(container, ports));
    }

    private async Task<Dictionary<string, string>> MountAsync(string pod, JsonNode spec, JsonNode container)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mount in container["volumeMounts"] as JsonArray ?? [])
        {
            var volume = spec["volumes"]!.AsArray().Single(v => (string)v!["name"]! == (string)mount!["name"]!)!;
            mounts[(string)mount!["mountPath"]!] = await _volumes.MountAsync(pod, volume);
        }

        return mounts;
    }

    private static string OfThisMachine(string argument, Dictionary<string, string> mounts, Dictionary<int, PortReservation> ports)
    {
        foreach (var (path, folder) in mounts)
        {
            argument = argument.Replace($"={path}", $"={folder}", StringComparison.Ordinal);
        }

        foreach (var (port, own) in ports)
        {
            argument = argument.EndsWith($"={port}", StringComparison.Ordinal) || argument.EndsWith($":{port}", StringComparison.Ordinal)
                ? $"{argument[..^$"{port}".Length]}{own.Port}"
                : argument;
        }

        return argument;
    }

    private static ProgramFile ProgramOf(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..image.LastIndexOf(':')];
        var program = new ProgramFile(name);
        return File.Exists(program.Assembly) ? program : throw new AssertionException($"there is no program for the image {image}");
    }

    private static Uri Readiness(JsonNode container, Dictionary<int, PortReservation> ports)
    {
        var probe = container["readinessProbe"]!["httpGet"]!;
        var named = container["ports"]!.AsArray().Single(p => (string)p!["name"]! == (string)probe["port"]!)!;
        var scheme = (string?)probe["scheme"] == "HTTPS" ? "https" : "http";
        return new Uri($"{scheme}://127.0.0.1:{ports[(int)named["containerPort"]!].Port}{(string)probe["path"]!}");
    }

    private async Task<string> WriteKubeconfigAsync(string pod, string account)
    {
        var request = KubeObject.FromNode(new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["metadata"] = new JsonObject { ["namespace"] = @namespace, ["name"] = account },
            ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 },
        });
        var issued = await client.CreateAsync(ServiceAccounts, request, new WriteOptions { Subresource = "token" });
        var path = Path.Combine(sandbox.Folder, $"{pod}.kubeconfig");
        await File.WriteAllTextAsync(path, $"""
            apiVersion: v1
            kind: Config
            current-context: host
            clusters:
            - name: host
              cluster:
                server: {cluster.Server.GetLeftPart(UriPartial.Authority)}
                certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(cluster.AuthorityPem))}
            contexts:
            - name: host
              context: {"{"}cluster: host, user: {account}{"}"}
            users:
            - name: {account}
              user:
                token: {issued.GetString("status", "token")}
            """);
        return path;
    }
}
