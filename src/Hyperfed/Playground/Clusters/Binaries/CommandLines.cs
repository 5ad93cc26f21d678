namespace KubeFed.Hyperfed.Playground.Clusters.Binaries;

/// <summary>The command lines of a control plane's programs, Kubernetes 1.20 and later.</summary>
internal static class CommandLines
{
    // But for what needs a cloud, disks or certificates. The nodes are looked after by who simulates them.
    private const string Controllers =
        "serviceaccount,serviceaccount-token,root-ca-cert-publisher,clusterrole-aggregation,namespace,garbagecollector,deployment,replicaset,"
        + "statefulset,daemonset,job,cronjob,endpoint,endpointslice,disruption,resourcequota";

    public static IReadOnlyList<string> Etcd(string folder, ClusterPorts ports) =>
    [
        $"--data-dir={folder}",
        $"--listen-client-urls={Local(ports.Etcd)}",
        $"--advertise-client-urls={Local(ports.Etcd)}",
        $"--listen-peer-urls={Local(ports.EtcdPeers)}",
        $"--initial-advertise-peer-urls={Local(ports.EtcdPeers)}",
        $"--initial-cluster=default={Local(ports.EtcdPeers)}",
        "--unsafe-no-fsync",
        "--logger=zap",
        "--log-level=warn",
    ];

    public static IReadOnlyList<string> ApiServer(string folder, ClusterKeys keys, ClusterPorts ports) =>
    [
        $"--etcd-servers={Local(ports.Etcd)}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        $"--secure-port={ports.ApiServer}",
        $"--cert-dir={folder}",
        $"--tls-cert-file={keys.Certificate}",
        $"--tls-private-key-file={keys.Key}",
        $"--client-ca-file={keys.Authority}",
        "--service-account-issuer=https://kubernetes.default.svc",
        $"--service-account-signing-key-file={keys.TokenKey}",
        $"--service-account-key-file={keys.TokenPublicKey}",
        $"--requestheader-client-ca-file={keys.FrontProxyAuthority}",
        $"--requestheader-allowed-names={ClusterKeys.FrontProxyName}",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        $"--proxy-client-cert-file={keys.FrontProxyCertificate}",
        $"--proxy-client-key-file={keys.FrontProxyKey}",
        "--authorization-mode=RBAC",
        "--allow-privileged=true",
        "--service-cluster-ip-range=10.96.0.0/16",
        // Nobody would take the taint from a new node again.
        "--disable-admission-plugins=TaintNodesByCondition",
        // A loopback address cannot be written to the endpoints of the service "kubernetes".
        "--endpoint-reconciler-type=none",
    ];

    /// <param name="keys">The cluster's keys.</param>
    /// <param name="ports">The cluster's ports.</param>
    /// <param name="kubeconfig">The administrator's kubeconfig.</param>
    /// <param name="hasInsecurePort">Whether it opens an insecure port on every address unless told not to, as before 1.24.</param>
    public static IReadOnlyList<string> ControllerManager(ClusterKeys keys, ClusterPorts ports, string kubeconfig, bool hasInsecurePort) =>
    [
        $"--kubeconfig={kubeconfig}",
        $"--controllers={Controllers}",
        "--leader-elect=false",
        $"--service-account-private-key-file={keys.TokenKey}",
        $"--root-ca-file={keys.Authority}",
        "--bind-address=127.0.0.1",
        $"--secure-port={ports.ControllerManager}",
        $"--tls-cert-file={keys.Certificate}",
        $"--tls-private-key-file={keys.Key}",
        $"--authentication-kubeconfig={kubeconfig}",
        $"--authorization-kubeconfig={kubeconfig}",
        .. hasInsecurePort ? ["--port=0"] : Array.Empty<string>(),
    ];

    private static string Local(int port) => $"http://127.0.0.1:{port}";
}
