using KubeFed.TestSupport.Pki;

namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>The command line of kube-apiserver 1.20 and later.</summary>
internal static class ApiServerArguments
{
    public static IEnumerable<string> Create(ClusterPki pki, string folder, int port, int etcdPort, IEnumerable<string> extra) =>
    [
        $"--etcd-servers=http://127.0.0.1:{etcdPort}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        $"--secure-port={port}",
        $"--cert-dir={folder}",
        $"--tls-cert-file={pki.ServingCertificatePath}",
        $"--tls-private-key-file={pki.ServingKeyPath}",
        $"--client-ca-file={pki.AuthorityPath}",
        "--service-account-issuer=https://kubernetes.default.svc",
        $"--service-account-signing-key-file={pki.ServiceAccountKeyPath}",
        $"--service-account-key-file={pki.ServiceAccountPublicKeyPath}",
        $"--requestheader-client-ca-file={pki.FrontProxyAuthorityPath}",
        "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        $"--proxy-client-cert-file={pki.FrontProxyCertificatePath}",
        $"--proxy-client-key-file={pki.FrontProxyKeyPath}",
        "--authorization-mode=RBAC",
        // Pods are never run here; without this they would have to wait for the token controller to be created at all.
        "--disable-admission-plugins=ServiceAccount",
        "--allow-privileged=true",
        "--service-cluster-ip-range=10.96.0.0/16",
        // A loopback address cannot be written to the endpoints of the service "kubernetes".
        "--endpoint-reconciler-type=none",
        // What a test measures or provokes must not be throttled by the server's own fairness.
        "--enable-priority-and-fairness=false",
        "--max-requests-inflight=5000",
        "--max-mutating-requests-inflight=5000",
        "--http2-max-streams-per-connection=1000",
        .. extra,
    ];
}
