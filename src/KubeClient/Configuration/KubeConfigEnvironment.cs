namespace KubeFed.KubeClient.Configuration;

/// <summary>What of the machine decides which configuration counts; tests give their own.</summary>
internal sealed record KubeConfigEnvironment
{
    public static KubeConfigEnvironment System { get; } = new();

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public string HomeDirectory { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public string ServiceAccountDirectory { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    public string DefaultPath => Path.Combine(HomeDirectory, ".kube", "config");
}
