using System.CommandLine;
using System.ComponentModel;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;
using KubeFed.Hyperfed.Playground.Background;
using KubeFed.Hyperfed.Playground.Screens;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace KubeFed.Hyperfed.Playground;

/// <summary><c>hyperfed playground</c>: a whole federation in this process, or in one in the background.</summary>
internal static class PlaygroundCommand
{
    public static Command Create()
    {
        var flags = new PlaygroundFlags();
        var down = new Command("down", "Ends the playground of the folder, wherever it was started.");
        var command = new Command("playground", "Runs a whole federation: a host, members, the control plane and a sample application, all in this process unless --provider says otherwise.") { down };
        OptionGroups.AddFlags(command, flags);
        command.SetAction((parsed, cancellationToken) => StartAsync(parsed, flags, cancellationToken));
        down.SetAction((parsed, cancellationToken) => EndAsync(parsed, flags, cancellationToken));
        return command;
    }

    private static async Task<int> StartAsync(ParseResult parsed, PlaygroundFlags flags, CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        if (OptionGroups.Read(parsed, flags) is { Count: > 0 } problems)
        {
            await console.Error.WriteLineAsync($"Error: {string.Join("; ", problems)}");
            return ComponentHost.ExitFailure;
        }

        return await RunAsync(token => StartAsync(flags, console, token), console.Error, cancellationToken);
    }

    private static Task<int> EndAsync(ParseResult parsed, PlaygroundFlags flags, CancellationToken cancellationToken)
    {
        flags.Read(parsed);
        var console = parsed.InvocationConfiguration;
        return RunAsync(token => new PlaygroundDown(console.Output, TimeProvider.System).RunAsync(flags.Folder, token), console.Error, cancellationToken);
    }

    private static async Task<int> RunAsync(Func<CancellationToken, Task<int>> work, TextWriter errors, CancellationToken cancellationToken)
    {
        int code = ComponentHost.ExitFailure;
        int ended = await ComponentHost.RunAsync(
            new ComponentHostOptions { Name = "playground", Logging = NullLoggerFactory.Instance },
            async (_, token) => code = await TryAsync(work, errors, token),
            cancellationToken);
        return Math.Max(code, ended);
    }

    private static async Task<int> TryAsync(Func<CancellationToken, Task<int>> work, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken);
        }
        catch (Exception e) when (e is PlaygroundException or StatusException or HttpRequestException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            await errors.WriteLineAsync($"Error: {e.Message}");
            return ComponentHost.ExitFailure;
        }
    }

    private static Task<int> StartAsync(PlaygroundFlags flags, InvocationConfiguration console, CancellationToken cancellationToken) => flags switch
    {
        { Detach: true } => new BackgroundStart(flags, console.Output, console.Error, TimeProvider.System).RunAsync(cancellationToken),
        { Background: true } => BackgroundRun.RunAsync(flags.ToOptions(), console.Output, Console.OpenStandardInput(), TimeProvider.System, cancellationToken),
        _ => RunInFrontAsync(flags.ToOptions(), ScreenOf(flags, console.Output), cancellationToken),
    };

    private static async Task<int> RunInFrontAsync(PlaygroundOptions options, IScreen screen, CancellationToken cancellationToken)
    {
        bool done = await new PlaygroundRun(options, screen, TimeProvider.System).RunAsync(cancellationToken);
        return done || !options.Exit ? ComponentHost.ExitSuccess : ComponentHost.ExitFailure;
    }

    private static IScreen ScreenOf(PlaygroundFlags flags, TextWriter output) =>
        !flags.Exit && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new LiveScreen(AnsiConsole.Console, TimeProvider.System)
            : new PlainScreen(output);
}
