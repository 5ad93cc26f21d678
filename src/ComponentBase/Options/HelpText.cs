using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace KubeFed.ComponentBase.Options;

/// <summary>The text that <c>--help</c> prints.</summary>
public static partial class HelpText
{
    /// <summary>
    /// Makes <c>--help</c> of a command and its subcommands name defaults as Kubernetes programs do, <c>(default 5m0s)</c>, and once: as the
    /// description of a flag does, or else by its value.
    /// </summary>
    public static void UseGoDefaults(RootCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var help in command.Options.OfType<HelpOption>())
        {
            help.Action = help.Action is SynchronousCommandLineAction print ? new Rewriting(print) : help.Action;
        }
    }

    // Where the text is wrapped, a line may end anywhere between the words.
    [GeneratedRegex(@"(?<told>\(default\s[^)]*\))?\s+\[default:\s+(?<value>[^\]]*)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Defaults();

    private static string Rewrite(Match match) =>
        match.Groups["told"] is { Success: true, Value: var told } ? told : $" (default {match.Groups["value"].Value})";

    private sealed class Rewriting(SynchronousCommandLineAction print) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var configuration = parseResult.InvocationConfiguration;
            var output = configuration.Output;
            using var text = new StringWriter();
            configuration.Output = text;
            try
            {
                return print.Invoke(parseResult);
            }
            finally
            {
                configuration.Output = output;
                output.Write(Defaults().Replace(text.ToString(), Rewrite));
            }
        }
    }
}
