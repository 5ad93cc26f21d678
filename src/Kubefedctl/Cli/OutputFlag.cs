using System.CommandLine;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>The flag <c>--output</c>, whose only form is YAML.</summary>
internal static class OutputFlag
{
    public const string Yaml = "yaml";

    public static Option<string> Create(string description)
    {
        var option = new Option<string>("--output", "-o")
        {
            HelpName = "format",
            Description = $"{description} The only format is \"{Yaml}\".",
            DefaultValueFactory = static _ => "",
        };
        option.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > 0 } format && format != Yaml)
            {
                result.AddError($"--output knows only \"{Yaml}\", not \"{format}\"");
            }
        });
        return option;
    }
}
