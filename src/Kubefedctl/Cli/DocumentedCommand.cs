using System.CommandLine;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>A command with the texts that its help shows.</summary>
internal sealed class DocumentedCommand(string name, string summary) : Command(name, summary)
{
    /// <summary>What the command does, in paragraphs.</summary>
    public required string Text { get; init; }

    /// <summary>The command line's shape, without the program's name.</summary>
    public required string Synopsis { get; init; }

    /// <summary>Comment and command lines, one example after another.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>A command as a person types it, such as <c>kubefedctl orphaning-deletion enable</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    /// <summary>Sets what the command does: every failure ends as one sentence on stderr and exit code 1.</summary>
    public void Run(CliEnvironment environment, Func<ParseResult, CommandContext, CancellationToken, Task> action) =>
        SetAction((parsed, cancellation) => CommandRunner.RunAsync(environment, parsed, action, cancellation));
}
