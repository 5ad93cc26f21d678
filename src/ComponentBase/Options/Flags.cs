using System.CommandLine;
using System.CommandLine.Parsing;

namespace KubeFed.ComponentBase.Options;

/// <summary>Makes flags of the kinds that Kubernetes programs have.</summary>
public static class Flags
{
    /// <summary>A flag whose value is a duration in Go's form, see <see cref="GoDuration"/>.</summary>
    public static Option<TimeSpan> Duration(string name, TimeSpan defaultValue, string description) => new(name)
    {
        Description = $"{description} (default {GoDuration.Format(defaultValue)})",
        HelpName = "duration",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result => ParseOne(
            result, text => GoDuration.TryParse(text, out var duration) ? duration : null, GoDuration.Complaint, defaultValue),
    };

    /// <summary>
    /// A flag whose value is an address to listen on. It stays text, since no address is a value too; <see cref="GetAddress"/> reads it.
    /// </summary>
    public static Option<string> Address(string name, ListenAddress? defaultValue, string description)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} (default {defaultValue?.ToString() ?? "off"})",
            HelpName = "address",
            DefaultValueFactory = _ => defaultValue?.ToString() ?? "",
        };
        option.Validators.Add(result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!ListenAddress.TryParse(text, out _))
            {
                result.AddError($"{name}: \"{text}\" is not an address to listen on such as :8080 or 127.0.0.1:8080 (0 turns it off)");
            }
        });
        return option;
    }

    /// <summary>The value of an <see cref="Address"/> flag; null when the value turns it off.</summary>
    public static ListenAddress? GetAddress(this ParseResult result, Option<string> option)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ListenAddress.TryParse(result.GetValue(option), out var address) ? address : null;
    }

    /// <summary>A flag whose value is one of a set of words, in any case.</summary>
    public static Option<TEnum> Choice<TEnum>(string name, TEnum defaultValue, string description)
        where TEnum : struct, Enum
    {
        var words = string.Join('|', Enum.GetNames<TEnum>().Select(KebabCase.From));
        return new Option<TEnum>(name)
        {
            Description = $"{description} (default {KebabCase.From(defaultValue.ToString())})",
            HelpName = words,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => ParseOne(result, Find<TEnum>, text => $"\"{text}\" is not one of {words}", defaultValue),
        };
    }

    private static TEnum? Find<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (string.Equals(KebabCase.From(value.ToString()), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static T ParseOne<T>(ArgumentResult result, Func<string, T?> parse, Func<string, string> complaint, T defaultValue)
        where T : struct
    {
        var text = Text(result);
        if (parse(text) is { } value)
        {
            return value;
        }

        result.AddError($"{Name(result)}: {complaint(text)}");
        return defaultValue;
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;

    private static string Name(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
