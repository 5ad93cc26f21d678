using System.CommandLine;

namespace KubeFed.ComponentBase.Options;

/// <summary>
/// The logging flags of programs in Go (klog's) that have no counterpart: taken so that scripts and manifests go on working, and without
/// effect, since everything that is told goes to standard error. Written with either '-' or '_', as there. Hidden in <c>--help</c>.
/// </summary>
public static class KlogFlags
{
    private static readonly string[] Switches =
        ["--add-dir-header", "--alsologtostderr", "--logtostderr", "--one-output", "--skip-headers", "--skip-log-headers"];

    private static readonly string[] Values =
        ["--log-backtrace-at", "--log-dir", "--log-file", "--log-file-max-size", "--stderrthreshold", "--vmodule"];

    /// <summary>All of them, to be added to one root command; they hold for its subcommands too.</summary>
    public static IReadOnlyList<Option> Create() =>
    [
        .. Switches.Select(static name => (Option)Hide(new Option<bool>(name, Underscored(name)))),
        .. Values.Select(static name => (Option)Hide(new Option<string>(name, Underscored(name)))),
    ];

    private static string Underscored(string name) => $"--{name[2..].Replace('-', '_')}";

    private static Option<T> Hide<T>(Option<T> option)
    {
        option.Hidden = true;
        option.Recursive = true;
        return option;
    }
}
