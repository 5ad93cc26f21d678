using KubeFed.Scale.Measure;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Scale.Servers;

/// <summary>The kube-apiserver of a cluster, with the measured type defined.</summary>
internal static class KubeServer
{
    private const string ProgramName = "kube-apiserver";
    private const string Definitions = "apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    public static async Task<MeasuredServer> PrepareAsync(TestCluster cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        var process = ProcessSample.ReadOwn().First(static sample => sample.Name == ProgramName);
        var server = new MeasuredServer(ProgramName, process.Id, new ServerAccess(cluster.KubeconfigPath));
        await Namespaces.CreateAsync(server, cancellationToken);
        await server.Client(0).PostAsync(Definitions, Subject.Definition, cancellationToken);
        await new Retry(time, TimeSpan.FromMinutes(1), static () => "")
            .UntilDoneAsync(() => server.Client(0).GetAsync(Subject.Path(), cancellationToken), cancellationToken);
        return server;
    }
}
