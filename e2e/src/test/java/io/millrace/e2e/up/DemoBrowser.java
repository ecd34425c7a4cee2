package io.millrace.e2e.up;

import io.millrace.e2e.Requires;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium on the demo page. */
final class DemoBrowser implements AutoCloseable {

  /** Far above a run of the demo page, which takes 12 s where nothing else runs. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChromeDriver driver;

  private DemoBrowser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips, or fails, where there is no Chromium. */
  static DemoBrowser open(Path profile, String address) {
    DemoBrowser opened = start(profile);
    opened.visit(address);
    return opened;
  }

  /** As {@link #open}, but on no page yet. */
  static DemoBrowser start(Path profile) {
    Path browser = Requires.program("chromium", "chromium-browser", "google-chrome");
    Path driverProgram = Requires.program("chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driverProgram.toFile())
            .withSilent(true)
            .build();
    return new DemoBrowser(new ChromeDriver(service, options));
  }

  /** Loads any page. */
  void load(String address) {
    driver.get(address);
  }

  /** Loads the page afresh and waits until both streams are open. */
  void visit(String address) {
    load(address);
    awaitText("notifications-state", "live");
    awaitText("ai-state", "live");
  }

  void click(String id) {
    element(id).click();
  }

  void choose(String id, String value) {
    new Select(element(id)).selectByValue(value);
  }

  /** Replaces what is in a field; ends with the Enter key when the text ends with a line end. */
  void type(String id, String text) {
    element(id).clear();
    element(id).sendKeys(text);
  }

  String text(String id) {
    return element(id).getText();
  }

  int number(String id) {
    return Integer.parseInt(text(id));
  }

  /** The titles of the notifications on the page, newest first. */
  List<String> notifications() {
    return driver.findElements(By.cssSelector("#notifications-list .what")).stream()
        .map(WebElement::getText)
        .toList();
  }

  void awaitText(String id, String expected) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> "#" + id + " says '" + text(id) + "', not '" + expected + "'")
        .until(page -> text(id).contains(expected));
  }

  /** The text of all elements of these, to the character. */
  String allText(String selector) {
    return String.valueOf(
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent).join('')",
            selector));
  }

  /** As a person reloads a page. */
  void reload() {
    driver.navigate().refresh();
  }

  /** What an attribute of an element says. */
  String attribute(String id, String name) {
    return String.valueOf(element(id).getDomAttribute(name));
  }

  /** How many elements there are of these. */
  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** What the page wrote to the console: errors, refusals of its content security policy. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  private WebElement element(String id) {
    return driver.findElement(By.id(id));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
