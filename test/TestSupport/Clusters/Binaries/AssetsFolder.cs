namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>
/// The folder of the programs that clusters are made of: <c>KUBEBUILDER_ASSETS</c> where that is set, else the one that
/// <c>./build.sh testbed</c> fills: <c>assets</c> in <c>KUBEFED_TESTBED</c>, by default <c>kubefed-testbed</c> in the user's cache folder.
/// </summary>
internal sealed class AssetsFolder(string path)
{
    private static readonly string[] Needed = ["etcd", "kube-apiserver", "kubectl"];

    public static AssetsFolder FromEnvironment => new(Locate(Environment.GetEnvironmentVariable));

    public string Etcd => Program("etcd");

    public string ApiServer => Program("kube-apiserver");

    public string ControllerManager => Program("kube-controller-manager");

    public string Kubectl => Program("kubectl");

    public string Path => path;

    /// <summary>What is not there, as a sentence; null if all is.</summary>
    public string? Missing
    {
        get
        {
            var missing = Needed.Where(name => !File.Exists(Program(name))).ToArray();
            return missing.Length == 0
                ? null
                : $"{path} has no {string.Join(", ", missing)}; run ./build.sh testbed, or set KUBEBUILDER_ASSETS to a folder that has";
        }
    }

    internal static string Locate(Func<string, string?> variable)
    {
        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
        return Value("KUBEBUILDER_ASSETS") ?? System.IO.Path.Combine(
            Value("KUBEFED_TESTBED") ?? System.IO.Path.Combine(
                Value("XDG_CACHE_HOME") ?? System.IO.Path.Combine(Value("HOME") ?? "/", ".cache"), "kubefed-testbed"),
            "assets");
    }

    private string Program(string name) => System.IO.Path.Combine(path, name);
}
