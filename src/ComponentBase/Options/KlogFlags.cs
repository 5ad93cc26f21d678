using System.CommandLine;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>
/// The logging flags of KubeFed's kubefedctl (klog's): taken so that scripts go on working, and without effect, since everything that is
/// told goes to stderr. Written with either '-' or '_', as there.
/// </summary>
internal static class IgnoredFlags
{
    public static IReadOnlyList<Option> All { get; } =
    [
        .. ((string[])["--add-dir-header", "--alsologtostderr", "--logtostderr", "--one-output", "--skip-headers", "--skip-log-headers"])
            .Select(static name => (Option)Hide(new Option<bool>(name, Underscored(name)))),
        .. ((string[])["--log-backtrace-at", "--log-dir", "--log-file", "--log-file-max-size", "--stderrthreshold", "--vmodule"])
            .Select(static name => (Option)Hide(new Option<string>(name, Underscored(name)))),
    ];

    private static string Underscored(string name) => $"--{name[2..].Replace('-', '_')}";

    private static Option<T> Hide<T>(Option<T> option)
    {
        option.Hidden = true;
        option.Recursive = true;
        return option;
    }
}
