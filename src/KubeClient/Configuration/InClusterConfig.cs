namespace KubeFed.KubeClient.Configuration;

/// <summary>The connection of a pod to the API server of its own cluster, by its service account.</summary>
public static class InClusterConfig
{
    /// <summary>Whether this process runs in a pod with a service account.</summary>
    public static bool IsAvailable => IsAvailableIn(KubeConfigEnvironment.System);

    /// <summary>Reads it.</summary>
    /// <exception cref="KubeConfigException">The process does not run in a pod, or the account's files cannot be read.</exception>
    public static KubeClientConfig Load() => LoadFrom(KubeConfigEnvironment.System);

    internal static bool IsAvailableIn(KubeConfigEnvironment environment) =>
        Host(environment).Length > 0 && Port(environment).Length > 0 && File.Exists(TokenFile(environment));

    internal static KubeClientConfig LoadFrom(KubeConfigEnvironment environment)
    {
        var (host, port) = (Host(environment), Port(environment));
        if (host.Length == 0 || port.Length == 0)
        {
            throw new KubeConfigException(
                "not running in a pod: the environment variables KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set");
        }

        var authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        if (!Uri.TryCreate($"https://{authority}:{port}/", UriKind.Absolute, out var server))
        {
            throw new KubeConfigException($"KUBERNETES_SERVICE_HOST \"{host}\" and KUBERNETES_SERVICE_PORT \"{port}\" make no address");
        }

        return new KubeClientConfig
        {
            Server = server,
            TokenFile = Existing(TokenFile(environment)),
            CertificateAuthorityFile = Existing(Path.Combine(environment.ServiceAccountDirectory, "ca.crt")),
            Namespace = ReadNamespace(environment),
        };
    }

    private static string Host(KubeConfigEnvironment environment) => environment.Variable("KUBERNETES_SERVICE_HOST") ?? "";

    private static string Port(KubeConfigEnvironment environment) => environment.Variable("KUBERNETES_SERVICE_PORT") ?? "";

    private static string TokenFile(KubeConfigEnvironment environment) => Path.Combine(environment.ServiceAccountDirectory, "token");

    private static string Existing(string file) =>
        File.Exists(file) ? file : throw new KubeConfigException($"the service account's file {file} does not exist");

    private static string ReadNamespace(KubeConfigEnvironment environment)
    {
        if (environment.Variable("POD_NAMESPACE") is { Length: > 0 } fromPod)
        {
            return fromPod;
        }

        var file = Path.Combine(environment.ServiceAccountDirectory, "namespace");
        return File.Exists(file) && SmallFile.ReadText(file).Trim() is { Length: > 0 } name ? name : "default";
    }
}
