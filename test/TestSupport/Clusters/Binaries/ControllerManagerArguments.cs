using KubeFed.TestSupport.Pki;

namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>The command line of kube-controller-manager 1.20 and later, with the controllers that need no nodes.</summary>
internal static class ControllerManagerArguments
{
    private const string Controllers =
        "serviceaccount,serviceaccount-token,root-ca-cert-publisher,clusterrole-aggregation,namespace,garbagecollector,deployment," +
        "replicaset,job,endpoint";

    public static IEnumerable<string> Create(ClusterPki pki, string kubeconfigPath, int port, KubernetesVersion version) =>
    [
        $"--kubeconfig={kubeconfigPath}",
        $"--controllers={Controllers}",
        "--leader-elect=false",
        $"--service-account-private-key-file={pki.ServiceAccountKeyPath}",
        $"--root-ca-file={pki.AuthorityPath}",
        "--use-service-account-credentials=false",
        "--bind-address=127.0.0.1",
        $"--secure-port={port}",
        $"--tls-cert-file={pki.ServingCertificatePath}",
        $"--tls-private-key-file={pki.ServingKeyPath}",
        $"--authentication-kubeconfig={kubeconfigPath}",
        $"--authorization-kubeconfig={kubeconfigPath}",
        "--kube-api-qps=1000",
        "--kube-api-burst=2000",
        .. version.HasInsecurePort ? ["--port=0"] : Array.Empty<string>(),
    ];
}
