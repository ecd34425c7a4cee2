package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Target;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit's XML; written at the end, because its root counts what is in it. */
public final class JunitReport implements Report {

  private record Case(Check check, Verdict verdict, Duration took) {}

  private final Writer out;
  private final List<Case> cases = new ArrayList<>();
  private String url = "";

  public JunitReport(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(Target target, int checks) {
    url = target.uri().toString();
  }

  @Override
  public void tell(Check check, Verdict verdict, Duration took) {
    cases.add(new Case(check, verdict, took));
  }

  @Override
  public void end() {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "millrace conformance " + url);
      xml.writeAttribute("tests", String.valueOf(cases.size()));
      xml.writeAttribute("failures", String.valueOf(count(Verdict.Failed.class)));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", String.valueOf(count(Verdict.Skipped.class)));
      xml.writeAttribute(
          "time", seconds(cases.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus)));
      for (Case each : cases) {
        write(xml, each);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the report can't be written", e);
    }
  }

  private long count(Class<? extends Verdict> kind) {
    return cases.stream().map(Case::verdict).filter(kind::isInstance).count();
  }

  private static void write(XMLStreamWriter xml, Case each) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "conformance." + each.check().group());
    xml.writeAttribute("name", each.check().id() + ": " + each.check().sentence());
    xml.writeAttribute("time", seconds(each.took()));
    if (each.verdict() instanceof Verdict.Failed failed) {
      xml.writeEmptyElement("failure");
      xml.writeAttribute("type", "wire contract " + each.check().clause());
      xml.writeAttribute("message", failed.message());
    } else if (each.verdict() instanceof Verdict.Skipped skipped) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", skipped.reason());
    }
    xml.writeEndElement();
  }

  private static String seconds(Duration took) {
    return BigDecimal.valueOf(took.toMillis(), 3).toPlainString();
  }
}
