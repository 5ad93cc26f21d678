using System.CommandLine;

namespace KubeFed.ComponentBase.Options;

/// <summary>Steps over several option groups at once.</summary>
public static class OptionGroups
{
    /// <summary>Declares the flags of all groups.</summary>
    public static void AddFlags(Command command, params ReadOnlySpan<IOptionGroup> groups)
    {
        foreach (var group in groups)
        {
            group.AddFlags(command);
        }
    }

    /// <summary>Takes the values of all groups and returns everything that is wrong with any of them.</summary>
    public static IReadOnlyList<string> Read(ParseResult result, params ReadOnlySpan<IOptionGroup> groups)
    {
        var errors = new List<string>();
        foreach (var group in groups)
        {
            group.Read(result);
            errors.AddRange(group.Validate());
        }

        return errors;
    }
}
