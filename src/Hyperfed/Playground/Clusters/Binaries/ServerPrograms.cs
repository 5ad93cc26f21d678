namespace KubeFed.Hyperfed.Playground.Clusters.Binaries;

/// <summary>The programs of Kubernetes' control plane, all in one folder.</summary>
internal sealed class ServerPrograms(string folder)
{
    private const string Variable = "KUBEBUILDER_ASSETS";

    public string Etcd => Path.Combine(folder, "etcd");

    public string ApiServer => Path.Combine(folder, "kube-apiserver");

    public string ControllerManager => Path.Combine(folder, "kube-controller-manager");

    /// <summary>What is not there, as a sentence that says what to do; null when nothing.</summary>
    public string? Missing
    {
        get
        {
            string[] missing = [.. new[] { Etcd, ApiServer, ControllerManager }.Where(static program => !File.Exists(program)).Select(static program => Path.GetFileName(program))];
            return missing.Length == 0
                ? null
                : $"{folder} has no {string.Join(", ", missing)}: run ./build.sh testbed, or set {Variable} to a folder that has etcd, kube-apiserver and kube-controller-manager";
        }
    }

    /// <summary>
    /// Those that the environment names: in <c>KUBEBUILDER_ASSETS</c>, else where <c>./build.sh testbed</c> puts them, <c>assets</c> in
    /// <c>KUBEFED_TESTBED</c>, by default <c>kubefed-testbed</c> in the user's cache folder.
    /// </summary>
    public static ServerPrograms Locate(Func<string, string?> variable) => new(
        Value(variable, Variable)
        ?? Path.Combine(
            Value(variable, "KUBEFED_TESTBED")
            ?? Path.Combine(Value(variable, "XDG_CACHE_HOME") ?? Path.Combine(Value(variable, "HOME") ?? "/", ".cache"), "kubefed-testbed"),
            "assets"));

    private static string? Value(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } value ? value : null;
}
