namespace KubeFed.KubeClient.Configuration;

/// <summary>
/// Finds and reads kubeconfigs as kubectl does: one named file, else the files of KUBECONFIG (those that exist, merged so that the
/// first that has an entry wins), else <c>~/.kube/config</c>; where none of these says anything, a pod's service account.
/// </summary>
public static class KubeConfigLoader
{
    /// <summary>Reads the configuration of the connection that the options choose.</summary>
    /// <exception cref="KubeConfigException">There is none, or it cannot be used; the message names file and field.</exception>
    public static KubeClientConfig Load(KubeConfigOptions? options = null) => Load(options, KubeConfigEnvironment.System);

    /// <summary>Reads the files alone, merged, without choosing a context; empty where there are no files.</summary>
    /// <exception cref="KubeConfigException">A file cannot be read.</exception>
    public static KubeConfigDocument LoadDocument(KubeConfigOptions? options = null) =>
        LoadDocument(options, KubeConfigEnvironment.System);

    /// <summary>Reads the text (YAML or JSON) of one kubeconfig.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">What messages call it: a file's name, or for example <c>Secret ns/name</c>.</param>
    /// <param name="directory">What relative file names are relative to; null for the working directory.</param>
    /// <exception cref="KubeConfigException">It is no kubeconfig.</exception>
    public static KubeConfigDocument Parse(string text, string origin, string? directory = null) =>
        new KubeConfigParser(origin, directory).Parse(text);

    /// <summary>Chooses context, cluster and user from a document.</summary>
    /// <exception cref="KubeConfigException">An entry is missing or cannot be used.</exception>
    public static KubeClientConfig Resolve(KubeConfigDocument document, KubeConfigOptions? options = null) =>
        new KubeConfigResolver(document, options ?? new KubeConfigOptions()).Resolve();

    internal static KubeClientConfig Load(KubeConfigOptions? options, KubeConfigEnvironment environment)
    {
        options ??= new KubeConfigOptions();
        var document = LoadDocument(options, environment);
        if (!document.IsEmpty || options.Server is not null || options.Context is not null || options.Cluster is not null)
        {
            return Resolve(document, options);
        }

        if (!InClusterConfig.IsAvailableIn(environment))
        {
            throw new KubeConfigException(NothingFound(options, environment));
        }

        var config = InClusterConfig.LoadFrom(environment);
        return config with { Namespace = options.Namespace ?? config.Namespace, Impersonation = KubeConfigResolver.Impersonate(null, options) };
    }

    internal static KubeConfigDocument LoadDocument(KubeConfigOptions? options, KubeConfigEnvironment environment)
    {
        if (options?.Path is { Length: > 0 } path)
        {
            return ReadFile(path);
        }

        var merged = KubeConfigDocument.Empty;
        foreach (var file in Candidates(environment).Where(File.Exists))
        {
            merged = merged.Merge(ReadFile(file));
        }

        return merged;
    }

    private static IEnumerable<string> Candidates(KubeConfigEnvironment environment) =>
        environment.Variable("KUBECONFIG") is { Length: > 0 } list
            ? list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)
            : [environment.DefaultPath];

    private static KubeConfigDocument ReadFile(string file)
    {
        var text = SmallFile.ReadText(file);
        return Parse(text, file, Path.GetDirectoryName(Path.GetFullPath(file)));
    }

    private static string NothingFound(KubeConfigOptions options, KubeConfigEnvironment environment)
    {
        if (options.Path is { Length: > 0 } path)
        {
            return $"{path}: the file configures nothing";
        }

        var looked = environment.Variable("KUBECONFIG") is { Length: > 0 } list
            ? $"KUBECONFIG ({list})"
            : environment.DefaultPath;
        return $"no cluster is configured: there is nothing in {looked}, and this process does not run in a pod; name a file with --kubeconfig";
    }
}
