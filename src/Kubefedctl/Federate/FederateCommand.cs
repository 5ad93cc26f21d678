using System.CommandLine;
using System.CommandLine.Parsing;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Federate;

/// <summary><c>kubefedctl federate</c>.</summary>
internal static class FederateCommand
{
    private static readonly Argument<string?> Type = new("TYPE")
    {
        Description = "The type: kind, plural, singular, short name or plural.group.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string?> Name = new("NAME") { Description = "The object's name.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string> Namespace = new("--namespace", "-n")
    {
        HelpName = "namespace",
        Description = "The object's namespace. When empty, the namespace of the host's context, else \"default\".",
        DefaultValueFactory = static _ => "",
    };

    private static readonly Option<string> Output = OutputFlag.Create("Print the federated objects as YAML instead of creating them.");

    private static readonly Option<bool> EnableType = new("--enable-type", "-t")
    {
        Description = "Enable types first where they are not enabled; not with --output.",
        DefaultValueFactory = static _ => false,
    };

    private static readonly Option<bool> Contents = new("--contents", "-c")
    {
        Description = "For a namespace: federate also everything in it.",
        DefaultValueFactory = static _ => false,
    };

    private static readonly Option<string[]> Skip = new("--skip-api-resources", "-s")
    {
        HelpName = "types",
        Description = "With --contents: types to leave out, separated by commas; a group's name leaves out all of its types.",
        DefaultValueFactory = static _ => [],
    };

    private static readonly Option<string> File = new("--filename", "-f")
    {
        HelpName = "file",
        Description = "Print the federated objects of the YAML documents in a file, without any cluster; \"-\" is standard input.",
        DefaultValueFactory = static _ => "",
    };

    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("federate", "Make federated objects of objects on the host")
        {
            Text = """
                Makes a federated object of an object that lives on the host cluster: its labels and its content become the template,
                without status and what the cluster itself assigned (clusterIP, nodePort, token secrets). The placement selects every
                cluster. The type must be enabled. A namespace is federated into itself, and with --contents everything in it but what
                controllers and the cluster make by themselves. With --filename nothing is created: what a file holds is printed in its
                federated form.
                """,
            Synopsis = "federate (TYPE NAME | -f FILE) [flags]",
            Examples =
            [
                "# Federate the deployment web of the namespace shop\nkubefedctl federate deployment web -n shop",
                "# Look at it first\nkubefedctl federate deployment web -n shop -o yaml",
                "# Enable the type on the way\nkubefedctl federate configmap settings -n shop --enable-type",
                "# Federate the namespace shop and what is in it, but no secrets and nothing of the group apps\nkubefedctl federate namespace shop --contents --skip-api-resources secrets,apps",
                "# Make federated objects of manifests\nkubefedctl federate -f manifests.yaml | kubectl apply -f -",
            ],
        };
        command.Arguments.Add(Type);
        command.Arguments.Add(Name);
        command.Options.Add(Namespace);
        command.Options.Add(Output);
        command.Options.Add(EnableType);
        command.Options.Add(Contents);
        command.Options.Add(Skip);
        command.Options.Add(File);
        command.Validators.Add(Check);
        command.Run(environment, static (parsed, context, cancellation) =>
        {
            var options = Read(parsed, context.Settings);
            return options.File.Length > 0
                ? new FileFederator(context, options).RunAsync(cancellation)
                : new Federator(context, options).RunAsync(cancellation);
        });
        return command;
    }

    private static void Check(CommandResult result)
    {
        if (FindFault(result) is { } fault)
        {
            result.AddError(fault);
        }
    }

    private static string? FindFault(CommandResult result)
    {
        if (result.GetValue(File) is { Length: > 0 })
        {
            return FindFaultWithFile(result);
        }

        if (string.IsNullOrEmpty(result.GetValue(Type)))
        {
            return "federate needs TYPE and NAME, or --filename";
        }

        if (string.IsNullOrEmpty(result.GetValue(Name)))
        {
            return "federate needs NAME";
        }

        if (result.GetValue(EnableType) && result.GetValue(Output) == OutputFlag.Yaml)
        {
            return "--enable-type cannot be combined with --output, which changes nothing";
        }

        return result.GetValue(Skip) is { Length: > 0 } && !result.GetValue(Contents) ? "--skip-api-resources needs --contents" : null;
    }

    private static string? FindFaultWithFile(CommandResult result)
    {
        if (!string.IsNullOrEmpty(result.GetValue(Type)))
        {
            return "federate takes TYPE and NAME or --filename, not both";
        }

        Option? useless = result.GetValue(EnableType) ? EnableType
            : result.GetValue(Contents) ? Contents
            : result.GetValue(Skip) is { Length: > 0 } ? Skip
            : result.GetValue(Namespace) is { Length: > 0 } ? Namespace
            : null;
        return useless is null ? null : $"{useless.Name} cannot be combined with --filename, which talks to no cluster";
    }

    private static FederateOptions Read(ParseResult parsed, GlobalSettings settings) => new()
    {
        Type = parsed.GetValue(Type) ?? "",
        Name = parsed.GetValue(Name) ?? "",
        Namespace = parsed.GetValue(Namespace)!,
        PrintYaml = parsed.GetValue(Output) == OutputFlag.Yaml,
        EnableType = parsed.GetValue(EnableType),
        Contents = parsed.GetValue(Contents),
        SkipApiResources = [.. (parsed.GetValue(Skip) ?? []).SelectMany(SkipList.Split)],
        File = parsed.GetValue(File)!,
        KubeFedNamespace = settings.Namespace,
    };
}
