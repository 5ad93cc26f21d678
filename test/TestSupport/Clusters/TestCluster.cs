using KubeFed.TestSupport.Pki;
using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Clusters;

/// <summary>
/// One Kubernetes cluster of a test. The members named Start to Resume act on its API server as a whole, for tests of failures; its data
/// stays. Disposal removes everything of it.
/// </summary>
public abstract class TestCluster : IAsyncDisposable
{
    /// <summary>Fills in what all clusters have.</summary>
    private protected TestCluster(string name, ClusterAccess access, string kubeconfigPath, string kubectlPath)
    {
        Name = name;
        Access = access;
        KubeconfigPath = kubeconfigPath;
        KubectlPath = kubectlPath;
    }

    /// <summary>The name asked for; also of the kubeconfig's only context, cluster and user.</summary>
    public string Name { get; }

    /// <summary>The API server's address, <c>https://127.0.0.1:PORT/</c>; it stays over stops and starts.</summary>
    public Uri Server => Access.Server;

    /// <summary>The authority of the API server's certificate, in PEM.</summary>
    public string AuthorityPem => Access.AuthorityPem;

    /// <summary>The certificate of an administrator (group <c>system:masters</c>).</summary>
    public IssuedCertificate Administrator => Access.Administrator;

    /// <summary>A kubeconfig file of the administrator, certificates inside.</summary>
    public string KubeconfigPath { get; }

    /// <summary>The content of <see cref="KubeconfigPath"/>.</summary>
    public string KubeconfigYaml => File.ReadAllText(KubeconfigPath);

    /// <summary>The kubectl that belongs to the provider.</summary>
    public string KubectlPath { get; }

    /// <summary>The address of the cluster's etcd, which takes any client; null where the provider does not show it.</summary>
    public virtual Uri? EtcdEndpoint => null;

    /// <summary>
    /// Whether pods are scheduled to nodes and become ready, though nothing runs in them. Where this is false a pod stays as it was created.
    /// </summary>
    public virtual bool SimulatesPods => false;

    private protected string Kubeconfig => Access.ToKubeconfig(Name);

    private ClusterAccess Access { get; }

    /// <summary>An HTTP client of the administrator with <see cref="Server"/> as its base address, HTTP/2. The caller disposes it.</summary>
    public HttpClient CreateHttpClient() => Access.CreateHttpClient();

    /// <summary>Connections to the cluster for an HTTP client, with the administrator's certificate or none.</summary>
    internal SocketsHttpHandler CreateHandler(bool isAdministrator) => Access.CreateHandler(isAdministrator);

    /// <summary>Runs kubectl as the administrator, within 60 seconds, and returns what it printed whatever its exit code.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Task<ProcessResult> KubectlAsync(params IEnumerable<string> arguments) => KubectlAsync(null, arguments);

    /// <summary>Runs kubectl as the administrator with this text as its standard input (<c>-f -</c>).</summary>
    public Task<ProcessResult> KubectlAsync(string? input, IEnumerable<string> arguments) =>
        ProcessRunner.RunAsync(
            KubectlPath,
            ["--kubeconfig", KubeconfigPath, "--cache-dir", Path.Combine(Path.GetDirectoryName(KubeconfigPath)!, "kubectl-cache"), .. arguments],
            new ProcessOptions { Input = input });

    /// <summary>Starts the API server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>; done when it serves requests.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the API server in order; done when it is gone and its port refuses connections.</summary>
    public abstract Task StopAsync(CancellationToken cancellationToken = default);

    /// <summary>Kills the API server, as a crash does; done when it is gone and its port refuses connections.</summary>
    public abstract Task KillAsync(CancellationToken cancellationToken = default);

    /// <summary>Halts the API server: connections stay open and nothing answers, as with a hung machine or a cut network.</summary>
    public abstract Task PauseAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends a <see cref="PauseAsync"/>.</summary>
    public abstract Task ResumeAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Copies all data, for one <see cref="RestoreAsync"/> after another. The cluster is stopped for it and serves again when this is done.
    /// </summary>
    /// <exception cref="ClusterException">The provider cannot.</exception>
    public virtual Task SaveAsync(CancellationToken cancellationToken = default) =>
        throw new ClusterException($"{Name} cannot be saved");

    /// <summary>
    /// Kills the cluster and starts it with the data that <see cref="SaveAsync"/> copied: what was written since is lost, and resource versions
    /// are given out a second time. Done when it serves again.
    /// </summary>
    /// <exception cref="ClusterException">The provider cannot, or nothing was saved.</exception>
    public virtual Task RestoreAsync(CancellationToken cancellationToken = default) =>
        throw new ClusterException($"{Name} cannot be restored");

    /// <summary>
    /// Gives the only node so many processors, as a quantity such as <c>500m</c>: pods that ask for more than is left are unschedulable until
    /// there is room again. Takes effect soon after.
    /// </summary>
    /// <exception cref="ClusterException">There are no simulated nodes, see <see cref="SimulatesPods"/>.</exception>
    public virtual Task ResizeAsync(string cpu, CancellationToken cancellationToken = default) =>
        throw new ClusterException($"{Name} has no simulated node");

    /// <summary>Writes the ends of the logs of everything that the cluster consists of, for a failed test.</summary>
    /// <param name="writer">Where to; <c>TestContext.Out</c> in a test.</param>
    /// <param name="lines">How many lines of each log.</param>
    public abstract Task WriteLogsAsync(TextWriter writer, int lines = 100);

    /// <summary>Removes the cluster: its processes, its data, its files. Does nothing the second time.</summary>
    public abstract ValueTask DisposeAsync();
}
