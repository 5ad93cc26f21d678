using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>Prints a command's help: what it does, examples, its flags with their defaults, the flags of all commands.</summary>
internal sealed class HelpPrinter(TextWriter writer) : SynchronousCommandLineAction
{
    private const int Width = 110;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Print(parseResult.CommandResult.Command);
        return 0;
    }

    public void Print(Command command)
    {
        if (command is DocumentedCommand documented)
        {
            writer.WriteLine(documented.Text.TrimEnd());
            writer.WriteLine();
            PrintExamples(documented);
        }

        PrintCommands(command);
        PrintArguments(command);
        PrintFlags("Flags:", command.Options.Where(o => !GlobalFlags.All.Contains(o) && !o.Hidden && o is not HelpOption));
        if (command.Subcommands.Count == 0)
        {
            PrintFlags("Flags of every command:", GlobalFlags.All);
        }

        PrintUsage(command);
    }

    private void PrintExamples(DocumentedCommand command)
    {
        if (command.Examples.Count == 0)
        {
            return;
        }

        writer.WriteLine("Examples:");
        writer.WriteLine(string.Join(
            Environment.NewLine + Environment.NewLine,
            command.Examples.Select(e => "  " + e.ReplaceLineEndings(Environment.NewLine + "  "))));
        writer.WriteLine();
    }

    private void PrintCommands(Command command)
    {
        if (command.Subcommands.Count == 0)
        {
            return;
        }

        writer.WriteLine("Commands:");
        var width = command.Subcommands.Max(c => c.Name.Length);
        foreach (var sub in command.Subcommands)
        {
            writer.WriteLine($"  {sub.Name.PadRight(width)}  {sub.Description}");
        }

        writer.WriteLine();
    }

    private void PrintArguments(Command command)
    {
        if (command.Arguments.Count == 0)
        {
            return;
        }

        writer.WriteLine("Arguments:");
        foreach (var argument in command.Arguments)
        {
            writer.WriteLine($"  {argument.Name}:");
            PrintWrapped(argument.Description ?? "");
        }

        writer.WriteLine();
    }

    private void PrintFlags(string title, IEnumerable<Option> options)
    {
        var sorted = options.OrderBy(o => o.Name, StringComparer.Ordinal).ToArray();
        if (sorted.Length == 0)
        {
            return;
        }

        writer.WriteLine(title);
        foreach (var option in sorted)
        {
            writer.WriteLine($"  {Names(option)}={Default(option)}:");
            PrintWrapped(option.Description ?? "");
        }

        writer.WriteLine();
    }

    private void PrintUsage(Command command)
    {
        writer.WriteLine("Usage:");
        var synopsis = command is DocumentedCommand documented ? documented.Synopsis : $"{command.Name} [flags]";
        writer.WriteLine($"  kubefedctl {synopsis}");
        if (command.Subcommands.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine($"\"{DocumentedCommand.PathOf(command)} COMMAND --help\" tells more about a command.");
        }
    }

    private static string Names(Option option) =>
        string.Join(", ", option.Aliases.Append(option.Name).OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal));

    private static string Default(Option option) => option.GetDefaultValue() switch
    {
        bool b => b ? "true" : "false",
        int i => i.ToString(System.Globalization.CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        _ => "''",
    };

    private void PrintWrapped(string text)
    {
        const string Indent = "      ";
        var line = Indent.TrimEnd();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                writer.WriteLine(line);
                line = "";
            }

            line = line.Length == 0 ? Indent + word : $"{line} {word}";
        }

        writer.WriteLine(line);
    }
}
