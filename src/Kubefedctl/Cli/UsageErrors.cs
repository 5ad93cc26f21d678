using System.CommandLine;
using System.CommandLine.Parsing;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>Says in one sentence what is wrong with a command line, naming the flag or argument.</summary>
internal static class UsageErrors
{
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (UnknownCommand(parsed) is { } unknown)
        {
            return unknown;
        }

        if (parsed.UnmatchedTokens.Count > 0)
        {
            return Unmatched(command, parsed.UnmatchedTokens[0]);
        }

        var error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            ArgumentResult { Tokens.Count: 0, Parent: OptionResult option } => $"{option.Option.Name} needs a value",
            ArgumentResult { Tokens.Count: 0 } argument => $"{Words(command)} needs {argument.Argument.Name}",
            OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name} needs a value",
            _ => error.Message.TrimEnd('.'),
        };
    }

    /// <summary>Where the user finds more.</summary>
    public static string Hint(ParseResult parsed) => $"Run '{DocumentedCommand.PathOf(parsed.CommandResult.Command)} --help' for usage.";

    /// <summary>A command without the program's name.</summary>
    private static string Words(Command command) => DocumentedCommand.PathOf(command).Split(' ', 2)[^1];

    private static string? UnknownCommand(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0 || parsed.UnmatchedTokens.Count == 0 || IsFlag(parsed.UnmatchedTokens[0]))
        {
            return null;
        }

        var name = parsed.UnmatchedTokens[0];
        return $"unknown command \"{name}\"{Suggestions.Question(name, command.Subcommands.Select(c => c.Name))}";
    }

    private static string Unmatched(Command command, string token)
    {
        if (!IsFlag(token))
        {
            return $"{Words(command)} takes no further argument \"{token}\"";
        }

        var flag = token.Split('=', 2)[0];
        var known = command.Options.Concat(GlobalFlags.All).Select(o => o.Name);
        return $"unknown flag {flag}{Suggestions.Question(flag, known)}";
    }

    private static bool IsFlag(string token) => token.StartsWith('-');
}
