using System.CommandLine;

namespace KubeFed.ComponentBase.Options;

/// <summary>
/// A group of flags that belong together. The order of use is <see cref="AddFlags"/>, <see cref="Read"/>, <see cref="Validate"/>; then
/// the group's own <c>ApplyTo</c>.
/// </summary>
public interface IOptionGroup
{
    /// <summary>Declares the group's flags on a command. To be called once.</summary>
    void AddFlags(Command command);

    /// <summary>Takes the values of the flags, or their defaults, out of a parsed command line.</summary>
    void Read(ParseResult result);

    /// <summary>Everything that is wrong with the values, one sentence each that names the flag; empty when all is well.</summary>
    IReadOnlyList<string> Validate();
}
